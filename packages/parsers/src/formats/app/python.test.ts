import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./python.ts";

describe("app/python", () => {
  it.each([
    [
      "documentation",
      "2024-03-05 10:14:02,123 - root - INFO - up",
      { "log.logger": "root", "log.level": "info", message: "up" },
    ],
    [
      "logger first",
      "2024-03-05 10:14:02,123 app.auth WARNING denied 203.0.113.9",
      { "log.logger": "app.auth", "related.ip": ["203.0.113.9"] },
    ],
    [
      "Flask",
      "[2024-03-05 10:14:02,123] ERROR in views: boom",
      { "log.logger": "views", "log.level": "error" },
    ],
    ["gunicorn", "[2024-03-05 10:14:02 +0000] [12] [INFO] Listening", { message: "Listening" }],
    ["Celery", "[2024-03-05 10:14:02,123: INFO/MainProcess] up", { "log.logger": "MainProcess" }],
    ["level and name", "2024-03-05 10:14:02,123 ERROR app: x", { "log.logger": "app" }],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString().slice(0, 19)).toBe("2024-03-05T10:14:02");
  });
  it("leaves basicConfig and uvicorn undated", () => {
    const { events } = collect(
      'WARNING:django.security:Invalid host\nINFO:     203.0.113.9:51234 - "GET /a HTTP/1.1" 404 Not Found',
      [format],
    );
    expect(events.map((event) => event.time)).toEqual([undefined, undefined]);
    expect(events[1]?.fields).toMatchObject({
      "source.ip": "203.0.113.9",
      "source.port": 51234,
      "http.response.status_code": 404,
      "url.path": "/a",
    });
  });
  it("reads the requests of Flask's own server", () => {
    const event = collect('203.0.113.9 - - [05/Mar/2024 10:14:02] "GET /x?a=1 HTTP/1.1" 404 -', [format])
      .events[0]!;
    expect(event.fields).toMatchObject({
      "source.ip": "203.0.113.9",
      "url.path": "/x",
      "http.response.status_code": 404,
    });
    expect(event.time?.zoneSource).toBe("assumed");
  });
  it("joins a traceback and names the exception that reached the log", () => {
    const { events } = collect(
      [
        "2024-03-05 10:14:02,123 - app - ERROR - Unhandled",
        "Traceback (most recent call last):",
        '  File "/srv/app.py", line 10, in handler',
        "KeyError: 'x'",
        "",
        "During handling of the above exception, another exception occurred:",
        "",
        "Traceback (most recent call last):",
        '  File "/srv/app.py", line 12, in handler',
        "app.errors.LookupError: no such user",
        "2024-03-05 10:14:03,123 - app - INFO - next",
      ]
        .filter((line) => line !== "")
        .join("\n"),
      [format],
    );
    expect(events).toHaveLength(2);
    expect(events[0]?.fields).toMatchObject({
      "error.type": "app.errors.LookupError",
      "error.message": "no such user",
    });
  });
  it.each(["", "2024-02-31 10:14:02,123 - root - INFO - up", "INFO", "[2024-03-05 10:14:02"])(
    "makes no event of %j",
    (line) => {
      expect(collect(line, [format]).events).toHaveLength(0);
    },
  );
});
