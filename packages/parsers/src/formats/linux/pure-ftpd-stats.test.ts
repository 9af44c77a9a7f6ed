import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./pure-ftpd-stats.ts";

describe("linux/pure-ftpd-stats", () => {
  it.each([
    [
      "upload",
      "1709633642 65e6f.1a bob 203.0.113.9 U 1234 12 /home/bob/a b.zip",
      {
        "event.action": "file-uploaded",
        "file.path": "/home/bob/a b.zip",
        "file.size": 1234,
        "event.duration": 12e9,
      },
    ],
    [
      "download",
      "1709633642 65e6f.1a bob gw.example D 9 1 /x",
      { "event.action": "file-downloaded", "source.domain": "gw.example" },
    ],
  ])("%s", (_name, line, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.fields).toMatchObject(expected);
    expect(new Date(event.time!.ms).toISOString()).toBe("2024-03-05T10:14:02.000Z");
  });
  it.each(["", "1709633642 65e6f.1a bob 203.0.113.9 X 1234 12 /a", "1709633642 65e6f.1a bob"])(
    "makes no event of %j",
    (line) => {
      expect(collect(line, [format]).events).toHaveLength(0);
    },
  );
});
