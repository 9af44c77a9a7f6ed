import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./sftp-server.ts";

describe("sftp-server", () => {
  checkPayload(payload, [
    [
      "line 1 of the fixture",
      "session opened for local user amy from [203.0.113.9]",
      { "user.name": "amy", "source.ip": "203.0.113.9" },
    ],
    [
      "line 3 of the fixture",
      'close "/srv/a.zip" bytes read 100 written 0',
      { "event.action": "download", "file.path": "/srv/a.zip" },
    ],
    [
      "line 5 of the fixture",
      'close "/srv/b.zip" bytes read 0 written 2048',
      { "event.action": "upload", "file.size": 2048 },
    ],
    ["nothing known", "hello", undefined],
    ["empty", "", undefined],
  ]);
});
