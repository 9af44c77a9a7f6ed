import { describe, expect, it } from "vitest";
import { monthNumber } from "./months.ts";

describe("monthNumber", () => {
  it.each([
    ["Jan", 1],
    ["september", 9],
    ["août", 8],
    ["aou\u0302t", 8],
    ["févr.", 2],
    ["Mär", 3],
    ["Dez", 12],
    ["paź", 10],
    ["мая", 5],
    ["10月", 10],
  ])("reads %s", (name, month) => expect(monthNumber(name)).toBe(month));
  it.each(["", "MMM", "foo", "Janx", "x".repeat(1000), "constructor"])("refuses %j", (name) =>
    expect(monthNumber(name)).toBe(0),
  );
});
