import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./log4j.ts";

describe("app/log4j", () => {
  it.each([
    [
      "no thread",
      "2024-03-05 10:14:02,123 INFO  com.acme.Foo - started",
      { "log.logger": "com.acme.Foo", message: "started" },
    ],
    [
      "class and line",
      "2024-03-05 10:14:02,123 WARN Foo:42 - hello",
      { "log.logger": "Foo", "log.level": "warn" },
    ],
    [
      "Spring Boot with its name",
      "2024-03-05T10:14:02.123Z  INFO 1234 --- [shop] [  main] com.acme.Application : Started",
      { "process.thread.name": "main", "log.logger": "com.acme.Application" },
    ],
    ["level first", "INFO  2024-03-05 10:14:02,123 [main] com.acme.Foo - hello", { message: "hello" }],
    [
      "Elasticsearch",
      "[2024-03-05T10:14:02,123][INFO ][o.e.n.Node               ] [node-1] started",
      { "log.logger": "o.e.n.Node" },
    ],
    [
      "American date, login",
      "3/5/24 10:14:02 AM INFO User 'admin' logged in from 203.0.113.9",
      { "event.action": "login", "user.name": "admin", "source.ip": "203.0.113.9" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString().slice(0, 19)).toBe("2024-03-05T10:14:02");
  });
  it("joins a stack trace and names the exception", () => {
    const { events } = collect(
      [
        "2024-03-05 10:14:02,123 ERROR com.linoma.ga.ui.Lic - Error parsing license response",
        "java.lang.RuntimeException: InvokerTransformer: x",
        "\tat com.linoma.A.b(A.java:1)",
        "2024-03-05 10:14:03,123 INFO com.acme.B - y",
      ].join("\n"),
      [format],
    );
    expect(events).toHaveLength(2);
    expect(events[0]?.dataset).toBe("app/goanywhere");
    expect(events[0]?.fields).toMatchObject({
      "error.type": "java.lang.RuntimeException",
      "error.message": "InvokerTransformer: x",
    });
  });
  it.each(["", "2024-13-05 10:14:02,123 INFO com.acme.Foo - x", "2024-03-05 10:14:02,123 started"])(
    "makes no event of %j",
    (line) => {
      expect(collect(line, [format]).events).toHaveLength(0);
    },
  );
});
