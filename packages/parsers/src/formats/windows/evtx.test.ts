import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format } from "./evtx.ts";

const whole = new Uint8Array(
  readFileSync(new URL("../../../fixtures/windows/evtx/input.evtx", import.meta.url)),
);

function read(bytes: Uint8Array) {
  const result = collect(bytes, [format], { fileName: "Security.evtx" });
  expect(unaccountedBytes(result, bytes.length)).toBe(0);
  return result;
}

describe("windows/evtx", () => {
  it("reads every sound record and reports the damaged one with its bytes", () => {
    const result = read(whole);
    expect(result.events.map((event) => event.fields["winlog.record_id"])).toEqual([
      501, 502, 503, 504, 505, 507, 509,
    ]);
    expect(result.rejects).toHaveLength(1);
    expect(result.notes.join("\n")).toMatch(/dirty: .*\n.*bad-chunk-checksum/);
  });

  it("keeps 100 ns of the time and the data's own types as text", () => {
    const [logon, failure] = read(whole).events;
    expect(logon!.time).toMatchObject({ ns: 456_700, zoneSource: "in-record" });
    expect(failure!.time!.ns).toBe(100);
    expect(logon!.fields).toMatchObject({
      "winlog.event_data.LogonType": "10",
      "winlog.event_data.TargetLogonId": "0x4a1c2",
      "winlog.logon.type": "RemoteInteractive",
      "user.name": "m.keller",
      "source.ip": "203.0.113.44",
      "source.port": 50_215,
    });
    expect(logon!.fields["source.domain"]).toBeUndefined();
  });

  it("names the data of a legacy event by position and takes the verdict from them", () => {
    const listen = read(whole).events.find((event) => event.fields["event.code"] === "861")!;
    expect(listen.fields).toMatchObject({
      "event.action": "listen-blocked",
      "event.outcome": "failure",
      "winlog.event_data.Path": "C:\\Apps\\agent.exe",
      "source.port": 53,
      "network.transport": "udp",
      "user.name": "m.keller",
    });
  });

  it.each([0, 7, 8, 100, 4096, 4100, 4608, 5000, 9000, 69_000])("takes a file cut at %d bytes", (length) => {
    read(whole.slice(0, length));
  });

  it("takes bytes changed anywhere", () => {
    for (let at = 4096; at < 9000; at += 37) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at]! + 113) & 0xff;
      read(bytes);
    }
  });
});
