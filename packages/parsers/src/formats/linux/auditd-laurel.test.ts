import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./auditd-laurel.ts";

const event = {
  ID: "1709461353.123:77",
  SYSCALL: {
    arch: "0xc000003e",
    syscall: 59,
    success: "yes",
    exit: 0,
    ppid: 10,
    pid: 11,
    uid: 33,
    auid: 1000,
    comm: "curl",
    exe: "/usr/bin/curl",
    key: "exec",
    SYSCALL: "execve",
    UID: "www-data",
    ARGV: ["0x55", "0x66"],
    PPID: { comm: "bash", exe: "/usr/bin/bash" },
  },
  EXECVE: { argc: 2, ARGV: ["curl", "http://203.0.113.5/a b"] },
  PATH: [{ item: 0, name: "/usr/bin/curl", nametype: "NORMAL" }],
  CWD: { cwd: "/var/www" },
};

describe("linux/auditd-laurel", () =>
  checkFormat(format, [
    [
      "execve",
      JSON.stringify(event),
      1,
      {
        "@time": "2024-03-03T10:22:33.123Z",
        "process.command_line": "curl http://203.0.113.5/a b",
        "process.pid": 11,
        "event.action": "execve",
        "process.parent.executable": "/usr/bin/bash",
        "firebreak.raw.a0": "curl",
        "user.name": "www-data",
        "process.working_directory": "/var/www",
        "event.outcome": "success",
        "file.path": "/usr/bin/curl",
      },
    ],
    [
      "login",
      JSON.stringify({
        ID: "1709461353.123:78",
        NODE: "web1",
        USER_LOGIN: { pid: 9, acct: "bob", addr: "198.51.100.9", res: "failed" },
      }),
      1,
      { "event.outcome": "failure", "source.ip": "198.51.100.9", "user.name": "bob", "host.name": "web1" },
    ],
    ["no record", '{"ID":"1709461353.123:79"}', 0, {}],
  ]));
