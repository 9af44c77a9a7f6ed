import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./atlassian-access.ts";

describe("app/atlassian-access", () => {
  it.each([
    [
      "Confluence",
      "[05/Mar/2024:10:14:02 +0100] bob exec-1 192.0.2.1 GET /a HTTP/1.1 200 5ms 10 http://x/ UA x",
      { "user.name": "bob", "source.ip": "192.0.2.1", "user_agent.original": "UA x" },
    ],
    [
      "Bitbucket",
      '192.0.2.1 | https | o@1 | bob | 2024-03-05 10:14:02,838 | "GET /a HTTP/1.1" | "" "git" | 404 | 1 | 2 | - | 3 | s |',
      { "user.name": "bob", "http.response.status_code": 404 },
    ],
    [
      "Bitbucket audit",
      "192.0.2.1 | UserCreatedEvent | bob | 1709630046906 | - | - | - | -",
      { "event.action": "user-created", "event.type": ["creation"] },
    ],
  ])("%s", (_name, line, expected) => {
    expect(collect(line, [format]).events[0]?.fields).toMatchObject(expected);
  });
  it("rejects a cut line and leaves others alone", () => {
    expect(collect("192.0.2.1 | https | o@1 | bob", [format]).rejects[0]?.reason).toBe("no valid time");
    expect(collect("a | b | c", [format]).events).toHaveLength(0);
  });
});
