import { describe, expect, it } from "vitest";
import { enclosedRecord } from "./enclosed.ts";

describe("enclosedRecord", () => {
  const record = { eventName: "CreateUser" };
  it.each([
    ["an agent's", { json: record }, "json"],
    ["a search tool's", { time: 1, sourcetype: "aws", event: record }, "event"],
    ["EventBridge's", { "detail-type": "x", source: "aws.iam", account: "1", detail: record }, "detail"],
    ["Logstash's", { "@timestamp": "2024-05-14T08:10:23Z", message: record }, "message"],
  ])("%s", (_, object, key) => expect(enclosedRecord(object)).toEqual({ key, record }));

  it.each([
    ["nothing", {}],
    ["a text", { message: "x" }],
    ["a list", { event: [record] }],
    ["a record of its own", { event: record, user: "ann" }],
  ])("%s", (_, object) => expect(enclosedRecord(object)).toBeUndefined());
});
