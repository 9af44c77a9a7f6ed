import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./kaspersky.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "application stopped from starting",
      String.raw`GNRL_EV_APPLICATION_LAUNCH_DENIE [event@23668 p7="C:\\Tmp\\rm.bat" et="GNRL_EV_APPLICATION_LAUNCH_DENIED" etdn="Application startup prohibited" hdn="WS1" hip="10.0.0.7" gn="Office"] Event type: Application startup prohibited\r\nPath to object: C:\Tmp\rm.bat\r\nSHA256: df4c7a695766c5592c6aab9bd2d2eb87e0c73eae9218955f61e507e564f26cfc\r\nUser: NT AUTHORITY\SYSTEM (Initiator)\r\nResult: Blocked`,
      {
        "event.kind": "alert",
        "event.action": "blocked",
        "event.code": "GNRL_EV_APPLICATION_LAUNCH_DENIED",
        "rule.name": "Application startup prohibited",
        "host.name": "WS1",
        "host.ip": ["10.0.0.7"],
        "file.path": "C:\\Tmp\\rm.bat",
        "file.hash.sha256": "df4c7a695766c5592c6aab9bd2d2eb87e0c73eae9218955f61e507e564f26cfc",
        "user.name": "SYSTEM",
      },
    ],
    [
      "object not cured",
      String.raw`- [event@23668 et="GNRL_EV_OBJECT_NOTCURED" etdn="Object not disinfected" hdn="WS2"] Result: Not disinfected\r\nObject name: /tmp/x`,
      { "event.action": "detected", "file.path": "/tmp/x", "event.kind": "alert" },
    ],
    [
      "task state",
      '[event@23668 et="KLPRCI_TaskState" etdn="Completed" hdn="WS2"]',
      { "event.kind": "event", "event.action": null },
    ],
    ["another product's data", '[event@1 et="x"] y', undefined],
  ]),
);
