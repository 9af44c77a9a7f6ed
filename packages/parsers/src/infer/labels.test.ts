import { describe, expect, it } from "vitest";
import { readLabels } from "./labels.ts";

describe("readLabels", () => {
  it.each<[string, string, Record<string, string>]>([
    ["nothing in an empty text", "", {}],
    ["nothing in prose", "Note: the service was restarted. Reason: unknown", {}],
    [
      "a record in one cell",
      "EventID: 4625(An account failed to log on.) Username: admin Error Code: 0xC000006D Source IP: 203.0.113.9 Logon Type: 10",
      {
        EventID: "4625(An account failed to log on.)",
        Username: "admin",
        "Error Code": "0xC000006D",
        "Source IP": "203.0.113.9",
        "Logon Type": "10",
      },
    ],
    [
      "a value with a capital before the next label",
      "User Name: Smith Logon Type: 3 Source IP: 2001:db8::1",
      { "User Name": "Smith", "Logon Type": "3", "Source IP": "2001:db8::1" },
    ],
    [
      "addresses and clocks, whose colons have no blank behind",
      "Request URL: https://example.test/a?b=1 Request Method: GET Device Action: Permitted",
      {
        "Request URL": "https://example.test/a?b=1",
        "Request Method": "GET",
        "Device Action": "Permitted",
      },
    ],
    [
      "labels on lines of their own",
      "Request URL: https://example.test/\nDevice Action: Permitted\nHTTP Response Size: 948\nHTTP Response Status: 500",
      {
        "Request URL": "https://example.test/",
        "Device Action": "Permitted",
        "HTTP Response Size": "948",
        "HTTP Response Status": "500",
      },
    ],
    ["one label that is the whole text", "Firewall Action: Allowed", { "Firewall Action": "Allowed" }],
    [
      "separators between pairs",
      "username: root; source ip: 203.0.113.9;",
      { username: "root", "source ip": "203.0.113.9" },
    ],
    ["nothing where only one name is known", "Username: x Foo: y", {}],
  ])("finds %s", (_, text, expected) => {
    expect(Object.fromEntries(readLabels(text).map(({ label, value }) => [label, value]))).toEqual(expected);
  });

  it("is bounded for a hostile text", () => {
    const started = performance.now();
    expect(readLabels("A b c: ".repeat(1000)).length).toBeLessThanOrEqual(60);
    readLabels(`${"A ".repeat(4000)}: `);
    readLabels(`Username: ${" ".repeat(8000)}x Source IP: y`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
