import type { Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { expect, it } from "vitest";
import type { PayloadDraft, SyslogPayload } from "../syslog-payload.ts";
import { createTimeReader } from "../time/reader.ts";

/** A message and the fields that must come out of it; `null` asserts that a field is absent; `undefined` that nobody reads it. */
export type PayloadCase = [
  name: string,
  message: string,
  expected: Record<string, Fields[string] | null> | undefined,
];

export function testContext(): ParseContext {
  const reference = { ms: Date.UTC(2024, 5, 30), source: "reference-date" as const };
  return { fileName: "input.log", time: createTimeReader({ reference }) };
}

export function readPayload(payload: SyslogPayload, message: string): PayloadDraft | undefined {
  const program = payload.programs[0] ?? "";
  return payload.parse(message, { program, host: "gw1", time: undefined }, testContext());
}

/** Runs a table of messages through a payload, then every message cut short and disfigured: no throw, and a draft or nothing. */
export function checkPayload(payload: SyslogPayload, cases: readonly PayloadCase[]): void {
  it.each(cases)("%s", (_, message, expected) => {
    const draft = readPayload(payload, message);
    if (expected === undefined) {
      expect(draft).toBeUndefined();
      return;
    }
    if (payload.programs.length === 0 && payload.accepts) expect(payload.accepts(message)).toBe(true);
    expect(draft).toBeDefined();
    for (const [field, value] of Object.entries(expected)) {
      expect([field, draft!.fields[field] ?? null]).toEqual([field, value]);
    }
    expect(Object.values(draft!.fields).every((value) => value !== undefined && value !== "")).toBe(true);
  });
  it("survives cut and disfigured messages", () => {
    for (const [, message] of cases) {
      const step = Math.max(1, Math.floor(message.length / 60));
      for (let end = 0; end <= message.length; end += step) {
        const cut = message.slice(0, end);
        for (const text of [cut, `${cut}"`, `${cut}\u0000\ufffd`, cut.replaceAll(" ", "\t")]) {
          payload.accepts?.(text);
          const draft = readPayload(payload, text);
          if (draft) expect(typeof draft.fields).toBe("object");
        }
      }
    }
  });
}
