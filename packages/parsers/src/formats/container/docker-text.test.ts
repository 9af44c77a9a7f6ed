import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./docker-text.ts";

const at = "2024-03-05T09:14:02.123456789Z";

describe("container/docker-text", () => {
  it.each([
    [
      "text",
      `${at} hello 192.0.2.1`,
      "container/docker-text",
      { message: "hello 192.0.2.1", "related.ip": ["192.0.2.1"] },
    ],
    ["empty", `${at} `, "container/docker-text", { "event.kind": "event" }],
    [
      "web access",
      `${at} 203.0.113.9 - bob [05/Mar/2024:09:14:01 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8"`,
      "web/access",
      { "source.ip": "203.0.113.9", "user.name": "bob" },
    ],
    [
      "JSON of nobody",
      `${at} {"level":"info","msg":"x","client_ip":"203.0.113.9"}`,
      "container/docker-text",
      { "source.ip": "203.0.113.9" },
    ],
  ])("%s", (_name, line, dataset, expected) => {
    const event = collect(line, [format]).events[0]!;
    expect(event.dataset).toBe(dataset);
    expect(event.fields).toMatchObject(expected);
    expect(event.time).toMatchObject({ ns: 456_789, zoneSource: "in-record" });
  });
  it.each(["", "2024-13-05T09:14:02.123456789Z x", "2024-03-05T09:14:02.123Z x", `${at} stdout F cri`])(
    "makes no event of %j",
    (line) => {
      expect(collect(line, [format]).events).toHaveLength(0);
    },
  );
});
