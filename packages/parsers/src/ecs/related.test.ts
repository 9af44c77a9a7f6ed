import type { Fields } from "@firebreak/model/event";
import { expect, it } from "vitest";
import { addRelated } from "./related.ts";

const cases: readonly (readonly [string, Fields, Fields])[] = [
  ["nothing", {}, {}],
  ["one value", { "observer.ip": "192.0.2.1" }, { "observer.ip": ["192.0.2.1"] }],
  ["a list stays", { "email.to.address": ["a@b.example"] }, { "email.to.address": ["a@b.example"] }],
  ["before related", { "host.ip": "::1" }, { "host.ip": ["::1"], "related.ip": ["::1"] }],
];
it.each(cases)("lists of ECS: %s", (_, fields, expected) => {
  addRelated(fields);
  expect(fields).toEqual(expected);
});
