import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./package-log.ts";

describe("linux/package-log", () =>
  checkFormat(format, [
    [
      "dpkg",
      "2024-03-03 10:22:33 install netcat-openbsd:amd64 <none> 1.219-1\n",
      1,
      {
        "@time": "2024-03-03T10:22:33.000Z",
        "event.action": "package-installed",
        "package.name": "netcat-openbsd",
        "package.version": "1.219-1",
        "package.architecture": "amd64",
      },
    ],
    [
      "dpkg status",
      "2024-03-03 10:22:33 status half-installed x:amd64 1\n",
      1,
      { "firebreak.raw.status": "half-installed", "package.name": "x" },
    ],
    [
      "apt block",
      "Start-Date: 2024-03-03  10:22:33\nCommandline: apt-get install nmap\nRequested-By: bob (1000)\nInstall: nmap:amd64 (7.93), liblua:amd64 (5.3, automatic)\nEnd-Date: 2024-03-03  10:22:40\n\nStart-Date: 2024-03-03  11:00:00\n",
      2,
      {
        "@time": "2024-03-03T10:22:33.000Z",
        "package.name": ["nmap", "liblua"],
        "user.name": "bob",
        "process.command_line": "apt-get install nmap",
        "event.outcome": "success",
      },
    ],
    [
      "yum",
      "Mar 03 10:22:33 Installed: nmap-7.92-1.el7.x86_64\n",
      1,
      { "package.name": "nmap-7.92-1.el7.x86_64", "event.type": ["installation"] },
    ],
    [
      "dnf",
      "2024-03-03T10:22:33+0100 SUBDEBUG Removed: audit-3.0\n",
      1,
      { "@time": "2024-03-03T09:22:33.000Z", "event.action": "package-removed" },
    ],
    ["apt block cut", "Start-Date: 2024-03-03  10:22:33\nInstall: x", 1, { "event.outcome": "unknown" }],
  ]));
