import type { ParsedEvent } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { PostponedError, Probation } from "./probation.ts";

const event = (offset: number): ParsedEvent => ({ dataset: "test/one", fields: {}, offset, length: 1 });

function probation(): { told: string[]; held: Probation } {
  const told: string[] = [];
  const held = new Probation({
    event: ({ offset }) => told.push(`event ${offset}`),
    reject: ({ offset }) => told.push(`reject ${offset}`),
  });
  return { told, held };
}

describe("Probation", () => {
  it("gives on what it held in the order of the file, once its first bytes are behind", () => {
    const { told, held } = probation();
    held.event(event(0));
    held.reject({ offset: 5, length: 1, reason: "broken" });
    expect(told).toEqual([]);
    held.event(event(1 << 20));
    expect(told).toEqual(["event 0", "reject 5", "event 1048576"]);
    held.event(event(7));
    expect(held.finish()).toBe(true);
    expect(told.at(-1)).toBe("event 7");
  });

  it("gives on a short file at its end", () => {
    const { told, held } = probation();
    held.event(event(0));
    expect(held.finish()).toBe(true);
    expect(told).toEqual(["event 0"]);
  });

  it("stops the reading at the record behind a time without a year, and tells nothing", () => {
    const { told, held } = probation();
    held.event(event(0));
    held.onYearless();
    expect(() => held.event(event(5))).toThrow(PostponedError);
    expect(held.finish()).toBe(false);
    expect(told).toEqual([]);
  });

  it("does not mind times without a year in a file that began with dated ones", () => {
    const { told, held } = probation();
    held.event(event(1 << 20));
    held.onYearless();
    held.event(event((1 << 20) + 5));
    expect(held.finish()).toBe(true);
    expect(told).toHaveLength(2);
  });

  it("holds a bounded number of records, however many stand in the first bytes", () => {
    const { told, held } = probation();
    for (let i = 0; i < 5000; i++) held.event(event(0));
    expect(told.length).toBeGreaterThan(2000);
  });

  it("tells nothing of an empty file", () => {
    expect(probation().held.finish()).toBe(true);
  });
});
