import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./snort-csv.ts";

const row =
  ',1,2000001,3,"EXAMPLE probe",TCP,192.0.2.9,1234,10.1.1.2,22,02:00:00:00:00:01,02:00:00:00:00:02,0x4A';

describe("network/snort-csv", () => {
  checkFormat(format, [
    ["nothing", "", 0, {}],
    [
      "Snort 2: month, day, year",
      `03/05/24-10:00:00.123456 ${row}\n`,
      1,
      {
        "@time": "2024-03-05T10:00:00.123Z",
        "source.ip": "192.0.2.9",
        "destination.port": 22,
        "rule.id": "2000001",
        "rule.name": "EXAMPLE probe",
        "source.mac": "02-00-00-00-00-01",
        "network.transport": "tcp",
      },
    ],
    ["Snort 3: year first", `24/03/05-10:00:00.123456 ${row}\n`, 1, { "@time": "2024-03-05T10:00:00.123Z" }],
    ["no year", `03/05-10:00:00.123456 ${row}\n`, 1, { "@time": "2024-03-05T10:00:00.123Z" }],
    [
      "a protocol without ports",
      `03/05/24-10:00:00.123456 ${row.replace("TCP", "ICMP")}\n`,
      1,
      { "source.port": null },
    ],
  ]);
});
