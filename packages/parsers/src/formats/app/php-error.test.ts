import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./php-error.ts";

describe("app/php-error", () => {
  it.each([
    [
      "zone by name",
      "[05-Mar-2024 10:14:02 Europe/Zurich] PHP Warning:  x in /a.php on line 3",
      "2024-03-05T09:14:02",
      "in-record",
      { "file.path": "/a.php", "log.level": "warning" },
    ],
    [
      "FPM",
      "[05-Mar-2024 10:14:02] NOTICE: ready",
      "2024-03-05T10:14:02",
      "assumed",
      { message: "NOTICE: ready" },
    ],
  ])("%s", (_name, line, iso, source, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString().slice(0, 19)).toBe(iso);
    expect(event.time?.zoneSource).toBe(source);
  });
  it("rejects an impossible day and leaves other lines alone", () => {
    expect(collect("[45-Mar-2024 10:14:02 UTC] x", [format]).rejects[0]?.reason).toBe("no valid date");
    expect(collect("[error] x", [format]).events).toHaveLength(0);
  });
});
