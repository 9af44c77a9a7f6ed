import { describe, expect, it } from "vitest";
import { checkPayload, readPayload } from "../../testing/payload.ts";
import { payload } from "./leef.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "version 1",
      "LEEF:1.0|Acme|Guard|1|17|src=198.51.100.9\tdst=192.0.2.10\tsrcPort=81\tdstPort=21\tusrName=joe\tcat=anomaly\tsev=5\tdevTime=1709461353",
      {
        "source.ip": "198.51.100.9",
        "destination.port": 21,
        "user.name": "joe",
        "event.kind": "alert",
        "event.severity": 5,
      },
    ],
    [
      "caret",
      "LEEF:2.0|Acme|Guard|1|17|^|src=198.51.100.9^dst=192.0.2.10^action=Deny",
      { "event.action": "Deny", "event.category": ["network"] },
    ],
    [
      "hex separator",
      "LEEF:2.0|Acme|Guard|1|17|x5E|src=198.51.100.9^dst=192.0.2.10",
      { "destination.ip": "192.0.2.10" },
    ],
    [
      "bars",
      "LEEF:1.0|Acme|Guard|1|allow|cat=TRAFFIC|src=198.51.100.9|dst=192.0.2.10|action=allow",
      { "event.action": "allow", "source.ip": "198.51.100.9" },
    ],
    [
      "a file that was blocked",
      "LEEF:1.0|Acme|Guard|1|MALWARE_DETECTION|src=198.51.100.9\tfname=a.exe\tmalName=Test\tact=blocked",
      { "file.name": "a.exe", "rule.name": "Test", "event.action": "blocked", "event.outcome": "failure" },
    ],
  ]),
);

it.each([
  ["Mar 05 2024 10:11:00 GMT+01:00", "MMM dd yyyy HH:mm:ss z", "2024-03-05T09:11:00.000Z"],
  ["05 Mar 2024 10:11:00 CET", "", "2024-03-05T09:11:00.000Z"],
  ["05/03/2024 10:11:00 GMT+01:00", "dd/MM/yyyy HH:mm:ss z", "2024-03-05T09:11:00.000Z"],
  ["03/05/2024 10:11:00.250", "MM/dd/yyyy HH:mm:ss.SSS", "2024-03-05T10:11:00.250Z"],
  ["05/03/2024 10:11:00 XYZ", "dd/MM/yyyy HH:mm:ss z", "2024-03-05T10:11:00.000Z"],
  ["99 Foo 2024 10:11:00", "", undefined],
])("reads %s as %s", (recorded, format, expected) => {
  const line = `LEEF:1.0|Acme|Guard|1|M|devTime=${recorded}\tdevTimeFormat=${format}\tsrc=198.51.100.9`;
  const time = readPayload(payload, line)?.time;
  expect(time && new Date(time.ms).toISOString()).toBe(expected);
});
