import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
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
  ]),
);
