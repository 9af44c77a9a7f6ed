import { describe, expect, it } from "vitest";
import { formats } from "../formats.generated.ts";
import { collect } from "../testing/collect.ts";
import { carriedText } from "./carried.ts";

const sshd = "<34>Oct 11 22:14:15 gate sshd[123]: Failed password for root from 203.0.113.4 port 4422 ssh2";

describe("carriedText", () => {
  it.each([
    ["bare", { message: sshd }, sshd],
    ["the original before the message", { event: { original: sshd }, message: "cut" }, sshd],
    ["a shipper's keys beside it", { "@timestamp": "x", agent: {}, log: {}, message: sshd }, sshd],
    ["an application's own keys", { message: sshd, logger: "app" }, undefined],
    ["no text", { message: 4 }, undefined],
    ["short", { message: "ok" }, undefined],
    ["empty", {}, undefined],
  ])("%s", (_, record, text) => expect(carriedText(record)).toBe(text));
});

describe("a carried record", () => {
  const read = (record: unknown) => collect(JSON.stringify(record), formats).events;

  it("is read as what it is, pretty-printed too", () => {
    const [event] = collect(JSON.stringify({ message: sshd }, null, 2), formats).events;
    expect(event).toMatchObject({ dataset: "linux/sshd", fields: { "source.ip": "203.0.113.4" } });
  });
  it("keeps the shipper's fields and its time when the line has none", () => {
    const [event] = read({
      "@timestamp": "2024-05-05T01:02:03Z",
      agent: { name: "a1" },
      message: "CEF:0|V|P|1|7|n|3|src=192.0.2.1",
    });
    expect(event).toMatchObject({
      dataset: "network/cef",
      fields: { "agent.name": "a1", "source.ip": "192.0.2.1" },
    });
    expect(event!.time?.original).toBe("2024-05-05T01:02:03Z");
  });
  it("does not overrule a document that was classified already", () => {
    const [event] = read({
      "@timestamp": "2024-05-05T01:02:03Z",
      event: { category: ["authentication"], outcome: "success", original: sshd },
      source: { ip: "198.51.100.7" },
    });
    expect(event!.fields).toMatchObject({
      "event.outcome": "success",
      "source.ip": "198.51.100.7",
      "user.name": "root",
    });
  });
  it("of a Windows event is one", () => {
    const inner = JSON.stringify({ winlog: { event_id: 4624, channel: "Security" } });
    expect(read({ message: inner })[0]!.fields).toMatchObject({ "event.code": "4624" });
  });
  it.each([
    ["a day first", "Tue Mar  5 10:14:02 2024 -> /srv/a.zip: Win.Test FOUND", "endpoint/clamav"],
    ["a level first", "INFO  [main] 2024-03-05 10:14:06,123 StorageService.java:617 - up", "app/cassandra"],
    [
      "a host first",
      'www.example 203.0.113.9 - - [05/Mar/2024:10:14:02 +0000] "GET / HTTP/1.1" 200 1',
      "web/access",
    ],
    ["a key first", "type=USER_LOGIN msg=audit(1709633642.123:7): pid=1 uid=0 res=success", "linux/auditd"],
    [
      "a request of Rails",
      'Started GET "/a" for 203.0.113.9 at 2024-03-05 10:14:04 +0100',
      "app/ruby-logger",
    ],
  ])("is known by its start: %s", (_, message, dataset) =>
    expect(read({ message })[0]!.dataset).toBe(dataset),
  );
  it("stays text when no format knows it", () => {
    expect(read({ message: "hello there, world" })[0]).toMatchObject({ dataset: "generic/json-lines" });
  });
});
