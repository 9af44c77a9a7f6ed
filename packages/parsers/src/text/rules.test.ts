import { describe, expect, it } from "vitest";
import { applyRules, eventFields, loginFields, rule } from "./rules.ts";

const rules = [
  rule(
    /^login (\S*) from (\S+) port (\S+) took (\S+)$/,
    "user.name source source.port event.n:n",
    loginFields("success"),
  ),
  rule(/^peer (\S+) (.*)$/, "destination:port .", eventFields("network", "connection start", "connected")),
];

describe("applyRules", () => {
  it("places groups by their kind", () =>
    expect(applyRules(rules, "login bob from 192.0.2.1 port 22 took 7")).toEqual({
      ...loginFields("success"),
      "user.name": "bob",
      "source.ip": "192.0.2.1",
      "source.port": 22,
      "event.n": 7,
    }));
  it("leaves out what is absent or does not convert", () =>
    expect(applyRules(rules, "login - from gw.example port 99999 took x")).toEqual({
      ...loginFields("success"),
      "source.address": "gw.example",
      "source.domain": "gw.example",
    }));
  it("reads address and port from one group", () =>
    expect(applyRules(rules, "peer [2001:db8::1]:443 x")).toMatchObject({
      "destination.ip": "2001:db8::1",
      "destination.port": 443,
    }));
  it("says when nothing matches", () => expect(applyRules(rules, "other")).toBeUndefined());
  it("does not share its constants", () => {
    applyRules(rules, "peer 192.0.2.1:1 x")!["event.action"] = "changed";
    expect(applyRules(rules, "peer 192.0.2.1:1 x")!["event.action"]).toBe("connected");
  });
});
