import { describe, expect, it } from "vitest";
import { actorsOf } from "./actors.ts";
import type { EventRow } from "./rows.ts";

const row = (rest: object, more: Partial<EventRow> = {}) =>
  ({ host: null, observer: null, rest: JSON.stringify(rest), ...more }) as EventRow;

describe("actorsOf", () => {
  it("takes the hash of a file and not the confidence with which its column was recognised", () => {
    const rest = { "file.hash.sha256": "AB12", "firebreak.inference.file.hash.sha256": 0.98 };
    expect(actorsOf(row(rest))).toEqual([{ type: "hash", value: "ab12", role: "hash" }]);
  });

  it("names the member of a group by its own name", () => {
    const rest = { "user.target.name": "CN=eve,OU=People,DC=example,DC=org" };
    expect(actorsOf(row(rest))).toEqual([{ type: "account", value: "eve", role: "account" }]);
  });

  it("accuses no name server of ours of being asked", () => {
    const asked = { dns_name: "a.example", source_ip: "10.0.0.7", destination_ip: "10.0.0.3" };
    expect(actorsOf(row({}, asked)).map(({ value, role }) => `${value} ${role}`)).toEqual([
      "10.0.0.7 source",
      "10.0.0.3 mentioned",
      "a.example name",
    ]);
  });

  it.each<[string, object, Partial<EventRow>, boolean]>([
    ["the log of a name server", {}, {}, false],
    ["an endpoint's record of a program", {}, { process: "C:\\a.exe" }, true],
    ["an endpoint that asks from its own address", { "host.ip": ["10.0.0.7"] }, {}, true],
  ])("in %s the host is a party or not", (_, rest, more, isParty) => {
    const asked = { host: "ns1", dns_name: "a.example", source_ip: "10.0.0.7", ...more };
    expect(actorsOf(row(rest, asked)).some(({ value }) => value === "ns1")).toBe(isParty);
  });

  it("takes an account that a web service refused as one that was tried", () => {
    const refused = { user_name: "ann", http_status: 401 };
    expect(actorsOf(row({}, refused))).toEqual([{ type: "account", value: "ann", role: "target" }]);
  });

  it.each<[string, object, Partial<EventRow>, string[]]>([
    [
      "a firewall that passed traffic",
      { "event.category": ["network"] },
      {},
      ["192.0.2.7 source", "192.0.2.1 destination"],
    ],
    [
      "a firewall that was changed",
      { "event.category": ["configuration"] },
      {},
      ["FW host", "192.0.2.7 source", "192.0.2.1 destination"],
    ],
    [
      "a firewall that was signed in to",
      { "event.category": ["authentication"] },
      {},
      ["192.0.2.7 source", "192.0.2.1 mentioned"],
    ],
    [
      "a sign-in that no device tells",
      { "event.category": ["authentication"] },
      { host: null, observer: null },
      ["192.0.2.7 source", "192.0.2.1 destination"],
    ],
  ])("tells the parties of %s", (_, rest, more, parties) => {
    const told = { host: "FW", observer: "FW", source_ip: "192.0.2.7", destination_ip: "192.0.2.1", ...more };
    expect(actorsOf(row(rest, told)).map(({ value, role }) => `${value} ${role}`)).toEqual(parties);
  });

  it.each([
    [200, "host"],
    [404, "target"],
    [500, "target"],
  ])("takes the machine of a web request answered with %i as %s", (http_status, role) => {
    const asked = { host: "www1", source_ip: "192.0.2.7", http_status };
    const [machine] = actorsOf(row({ "event.category": ["web"] }, asked));
    expect(machine).toEqual({ type: "host", value: "www1", role });
  });

  it("names nobody in an empty record", () => {
    expect(actorsOf(row({}))).toEqual([]);
  });
});
