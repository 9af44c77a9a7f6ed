import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./java-log.ts";

describe("app/java-log", () => {
  it.each([
    [
      "Log4j",
      "2024-03-05 10:14:02,123 ERROR [t-1] a.b.C - boom",
      { "log.level": "error", "log.logger": "a.b.C", "process.thread.name": "t-1", message: "boom" },
    ],
    [
      "JBoss",
      "2024-03-05 10:14:02,123 INFO  [a.b.C] (t-1) boom",
      { "log.logger": "a.b.C", "process.thread.name": "t-1" },
    ],
    ["Tomcat", "05-Mar-2024 10:14:02.123 INFO [main] a.b.C.start boom", { "log.logger": "a.b.C.start" }],
    [
      "Spring Boot",
      "2024-03-05 10:14:02.123  INFO 7 --- [main] c.e.App   : boom",
      { "log.logger": "c.e.App", message: "boom" },
    ],
    [
      "Jira",
      "2024-03-05 10:14:02,123 INFO [main] [a.b.C] start boom",
      { "log.logger": "a.b.C", message: "start boom" },
    ],
    [
      "Keycloak",
      "2024-03-05 10:14:02,123 WARN  [org.keycloak.events] (t) type=LOGIN_ERROR, ipAddress=192.0.2.1, username=bob",
      { "user.name": "bob", "source.ip": "192.0.2.1", "event.outcome": "failure" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString()).toBe("2024-03-05T10:14:02.123Z");
  });
  it("joins a stack trace and names its exception", () => {
    const { events } = collect(
      "2024-03-05 10:14:02,123 ERROR [t] a.b.C - x\na.b.BadException: y\n\tat a.b.C.d(C.java:1)\n2024-03-05 10:14:03,123 INFO [t] a.b.C - z\n",
      [format],
    );
    expect(events).toHaveLength(2);
    expect(events[0]?.fields["error.type"]).toBe("a.b.BadException");
  });
  it("leaves other lines alone", () => {
    expect(collect("2024-03-05 10:14:02,123 hello", [format]).events).toHaveLength(0);
  });
});
