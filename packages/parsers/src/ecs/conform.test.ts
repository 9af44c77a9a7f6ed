import type { FieldValue } from "@firebreak/model/event";
import { expect, it } from "vitest";
import { conformerOf } from "./conform.ts";

const cases: readonly (readonly [string, string, FieldValue, FieldValue | undefined])[] = [
  ["a text", "user.name", "amy", "amy"],
  ["a number as text", "event.code", 4625, "4625"],
  ["a number of text", "source.port", "443", 443],
  ["no number", "process.pid", "seven", undefined],
  ["an address", "source.ip", "::FFFF:192.0.2.1", "192.0.2.1"],
  ["a name for an address", "source.ip", "gw.example", undefined],
  ["one of a list", "host.ip", "192.0.2.1", ["192.0.2.1"]],
  ["a list of one", "host.name", ["a"], "a"],
  ["a list for one", "user.name", ["a", "b"], undefined],
  ["an empty list", "related.ip", [], undefined],
  ["members of answers", "dns.answers.data", ["192.0.2.1", "192.0.2.2"], ["192.0.2.1", "192.0.2.2"]],
  ["a boolean as text", "tls.established", "true", true],
  ["a fraction", "event.risk_score", "1.5", 1.5],
  ["a label", "labels.team", 3, "3"],
  ["no instant", "event.created", "yesterday", undefined],
  ["a name of nobody", "source.colour", "red", undefined],
  ["an object", "process.tty", "pts/0", undefined],
  ["a name of Object", "constructor", "x", undefined],
];
it.each(cases)("%s", (_, name, value, expected) => expect(conformerOf(name)?.(value)).toEqual(expected));
