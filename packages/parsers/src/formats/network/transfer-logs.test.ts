import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format as openvpn } from "./openvpn.ts";
import { format as vsftpd } from "./vsftpd.ts";
import { format as xferlog } from "./xferlog.ts";

describe("network/vsftpd", () =>
  checkFormat(vsftpd, [
    [
      "upload",
      'Sun Mar  3 10:22:33 2024 [pid 3] [bob] OK UPLOAD: Client "198.51.100.9", "/x, y.zip", 1884648 bytes, 41264.44Kbyte/sec\n',
      1,
      {
        "@time": "2024-03-03T10:22:33.000Z",
        "file.path": "/x, y.zip",
        "file.size": 1884648,
        "user.name": "bob",
      },
    ],
    [
      "one-digit day",
      'Sun Mar 3 10:22:33 2024 [pid 3] [bob] FAIL LOGIN: Client "::ffff:198.51.100.9"\n',
      1,
      { "source.ip": "198.51.100.9", "event.outcome": "failure" },
    ],
  ]));

describe("network/xferlog", () =>
  checkFormat(xferlog, [
    [
      "upload with spaces",
      "Sun Mar  3 10:22:33 2024 12 198.51.100.9 1884648 /home/bob/my files.zip b _ i r bob ftp 0 * c\n",
      1,
      {
        "event.action": "file-uploaded",
        "file.path": "/home/bob/my files.zip",
        "user.name": "bob",
        "source.ip": "198.51.100.9",
      },
    ],
    [
      "cut transfer",
      "Sun Mar  3 10:22:33 2024 1 gw.example 10 /pub/x b _ o a guest ftp 0 * i\n",
      1,
      { "event.action": "file-downloaded", "event.outcome": "failure", "source.domain": "gw.example" },
    ],
  ]));

describe("network/openvpn", () =>
  checkFormat(openvpn, [
    [
      "new stamp",
      "2024-03-03 10:22:33 198.51.100.9:45321 TLS Error: incoming packet authentication failed from [AF_INET]198.51.100.9:45321\n",
      1,
      { "@time": "2024-03-03T10:22:33.000Z", "source.port": 45321 },
    ],
    [
      "old stamp",
      "Sun Mar  3 10:22:33 2024 us=12 198.51.100.9:1194 [bob] Peer Connection Initiated with [AF_INET]198.51.100.9:1194\n",
      1,
      { "@time": "2024-03-03T10:22:33.000Z", "user.name": "bob" },
    ],
  ]));
