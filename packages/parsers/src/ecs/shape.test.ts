import type { ParsedEvent } from "@firebreak/model/event";
import { expect, it } from "vitest";
import { keepingShapes, noFields } from "./shape.ts";

it("hands everything on as it is", () => {
  const told: unknown[] = [];
  const sink = keepingShapes({
    event: (event) => void told.push(event),
    reject: (range, reason) => void told.push([range, reason]),
    skip: (range, reason) => void told.push([range, reason]),
    note: (text) => void told.push(text),
  });
  const fields = { ...noFields, "event.kind": "event", "source.port": 22 };
  const events: ParsedEvent[] = Array.from({ length: 1000 }, (_, offset) => ({
    dataset: "x",
    fields,
    offset,
    length: 1,
  }));
  for (const event of events) sink.event(event);
  sink.reject({ offset: 1000, length: 1 }, "broken");
  sink.skip({ offset: 1001, length: 1 }, "blank");
  sink.note("dirty");
  expect(told).toEqual([
    ...events,
    [{ offset: 1000, length: 1 }, "broken"],
    [{ offset: 1001, length: 1 }, "blank"],
    "dirty",
  ]);
  expect(fields).toEqual({ "event.kind": "event", "source.port": 22 });
});
