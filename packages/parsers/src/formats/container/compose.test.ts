import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./compose.ts";

describe("container/compose", () => {
  it("reads the service, and the time where there is one", () => {
    const { events } = collect("web-1  | 2024-03-05T09:14:02.1Z a\ndb-1   | b\n", [format]);
    expect(events.map(({ fields, time }) => [fields["container.name"], fields.message, time?.ms])).toEqual([
      ["web-1", "a", Date.UTC(2024, 2, 5, 9, 14, 2, 100)],
      ["db-1", "b", undefined],
    ]);
  });
  it("is not any text with a bar in one line", () => {
    expect(collect("one\ntwo\nweb-1  | x\n", [format]).events).toHaveLength(0);
  });
});
