import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./plaso-line.ts";

describe("generic/plaso-line", () => {
  checkFormat(format, [
    [
      "row",
      "03/05/2024,10:14:02,UTC,...B,FILE,NTFS USN,Creation Time,amy,WS1,odd.exe,NTFS:\\Users\\amy\\odd.exe,2,NTFS:\\Users\\amy\\odd.exe,1234,-,usnjrnl,-",
      1,
      { "user.name": "amy", "host.name": "WS1", "@time": "2024-03-05T10:14:02.000Z" },
    ],
    [
      "zone of its own",
      '03/05/2024,11:14:02,Europe/Paris,M...,LOG,syslog,Content Modification Time,-,web1,sshd,"[sshd] a, b",2,/var/log/auth.log,9,-,syslog,-',
      1,
      { "@time": "2024-03-05T10:14:02.000Z" },
    ],
    ["empty", "", 0, {}],
  ]);
});
