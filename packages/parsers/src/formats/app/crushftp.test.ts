import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./crushftp.ts";

const head = "SESSION|03/05/2024 10:14:01.123|[HTTPS:3_443:bob:203.0.113.9]";

describe("app/crushftp", () => {
  it.each([
    [
      "web request",
      `${head} READ: *POST /WebInterface/function/?c=1 HTTP/1.1*`,
      {
        "http.request.method": "POST",
        "url.path": "/WebInterface/function/",
        "url.query": "c=1",
        "user.name": "bob",
      },
    ],
    [
      "web answer",
      `${head} WROTE: *HTTP/1.1 404 Not Found*`,
      { "http.response.status_code": 404, "event.outcome": "failure" },
    ],
    [
      "FTP command",
      `${head} READ: *STOR /in/a.zip*`,
      { "event.action": "ftp-command", "file.path": "/in/a.zip" },
    ],
    ["login", `${head} WROTE: *230 ok*`, { "event.action": "login", "source.ip": "203.0.113.9" }],
    ["anything else", "ERROR|03/05/2024 10:14:01|java.lang.Exception", { "firebreak.raw.kind": "ERROR" }],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it("reads the month first and states a transfer with its file", () => {
    const { events } = collect(`${head} READ: *RETR /a b.zip*\n${head} WROTE: *226 done*`, [format]);
    expect(new Date(events[0]!.time!.ms).toISOString()).toBe("2024-03-05T10:14:01.123Z");
    expect(events[1]?.fields).toMatchObject({ "event.action": "file-downloaded", "file.path": "/a b.zip" });
  });
  it.each(["", "SESSION|13/45/2024 10:14:01|x", "SESSION|03/05", "a|b|c"])("makes no event of %j", (line) => {
    expect(collect(line, [format]).events).toHaveLength(0);
  });
});
