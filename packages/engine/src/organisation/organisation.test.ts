import { describe, expect, it } from "vitest";
import { readAlert } from "./alert.ts";
import { InternalNetworks } from "./networks.ts";
import { readProfile, undeclaredProfile } from "./profile.ts";

describe("readProfile", () => {
  it("takes what it knows and warns about the rest, with the name of each key", () => {
    const { profile, warnings } = readProfile(
      "name: Clinic\ntimezone: x\noperatingCountries: [us, Germany]\ninternalNetworks: [10.0.0.0/8, nonsense]\ngateways: 10.0.0.1\nassets: [{ name: A, addresses: [10.0.0.5, x], colour: red }, text]\n",
      "org.yml",
    );
    expect(profile).toMatchObject({
      declared: true,
      name: "Clinic",
      operatingCountries: ["US"],
      internalNetworks: ["10.0.0.0/8"],
      gateways: ["10.0.0.1"],
      assets: [{ name: "A", addresses: ["10.0.0.5"], critical: false }],
    });
    expect(warnings.map((text) => text.split(": ")[1])).toEqual([
      "operatingCountries",
      "internalNetworks",
      "assets[1]",
      "assets[0].addresses",
      "assets[0].colour",
      "timezone",
    ]);
  });
  it.each([["- a list"], ["just text"], ["{ broken"], [""]])("refuses %j", (text) => {
    expect(() => readProfile(text, "org.yml")).toThrow(/--org org.yml/);
  });
  it("bounds aliases", () => {
    const bomb = `a: &a [x, x]\n${"bcdefghi"
      .split("")
      .map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefgh"[i]}`).join(",")}]`)
      .join("\n")}`;
    expect(() => readProfile(bomb, "org.yml")).toThrow(/alias/i);
  });
});

describe("InternalNetworks", () => {
  const networks = new InternalNetworks({
    ...undeclaredProfile,
    internalNetworks: ["198.51.100.0/24"],
    gateways: ["203.0.113.1"],
  });
  it.each([
    ["10.1.2.3", true, false],
    ["198.51.100.9", true, false],
    ["203.0.113.1", true, false],
    ["203.0.113.2", false, true],
    ["8.8.8.8", false, true],
    ["::ffff:10.1.2.3", true, false],
    ["2001:db8::1", false, true],
    ["224.0.0.1", false, false],
    ["255.255.255.255", false, false],
    ["no address", false, false],
  ])("%s: internal %s, external %s", (address, internal, external) => {
    expect([networks.isInternal(address), networks.isExternal(address)]).toEqual([internal, external]);
  });
});

describe("readAlert", () => {
  it.each<[string, string, string | undefined, string]>([
    [
      "JSON",
      '{"event_time":"2021-03-13T20:20:58+03:00","device_action":"Allowed","source_address":"172.16.17.56"}',
      "2021-03-13T17:20:58Z",
      "allowed",
    ],
    [
      "field list",
      "Event Time : Mar, 13, 2021\nDevice Action : Blocked\nSource Address : 172.16.17.56",
      undefined,
      "blocked",
    ],
    [
      "field list with a plain time",
      "Event Time: 2021-03-13 20:20:58\nAction: Quarantined\nSource Address: 172.16.17.56",
      "2021-03-13T20:20:58Z",
      "quarantined",
    ],
    [
      "a zone in another field",
      '{"time":"2021-03-13 20:20:58","timezone":"UTC+03:00","action":"Cleaned","src":"172.16.17.56"}',
      "2021-03-13T17:20:58Z",
      "cleaned",
    ],
    [
      "Elastic style",
      '{"@timestamp":"2021-03-13T17:20:58Z","kibana.alert.rule.name":"R","source":{"ip":"172.16.17.56"},"event":{"action":"detected"}}',
      "2021-03-13T17:20:58Z",
      "detected",
    ],
    [
      "a list of one",
      '[{"timestamp":"2021-03-13T17:20:58Z","ip":"172.16.17.56"}]',
      "2021-03-13T17:20:58Z",
      "unknown",
    ],
  ])("%s", (_, text, time, action) => {
    const alert = readAlert(text, "alert", {});
    expect(alert.time?.iso).toBe(time);
    expect(alert.deviceAction).toBe(action);
    expect(alert.observables).toContainEqual(
      expect.objectContaining({ type: "address", value: "172.16.17.56" }),
    );
  });
  it("finds observables by shape and by name", () => {
    const text =
      '{"source_hostname":"Sofia","username":"Sofia2020","file_name":"a b.xlsm","sha256":"7bcd31bd41686c32663c7cabf42b18c50399e3b3b4533fc2ff002d9f2e058813","request_url":"https://evil.example/a","user_agent":"Mozilla/5.0"}';
    expect(
      readAlert(text, "alert", {}).observables.map(({ type, value }) => `${type} ${value.slice(0, 10)}`),
    ).toEqual(["host Sofia", "account Sofia2020", "file a b.xlsm", "hash 7bcd31bd41", "url https://ev"]);
  });
  it.each([[""], ["no fields here"], ["[]"], ["null"]])("refuses %j", (text) =>
    expect(() => readAlert(text, "alert.json", {})).toThrow(/--alert alert.json/),
  );
});
