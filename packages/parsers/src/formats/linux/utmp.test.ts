import { describe, expect, it } from "vitest";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format as lastlog } from "./lastlog.ts";
import { format as utmp } from "./utmp.ts";

function record(type: number, user: string, line: string, host: string, address: number[] = []): Buffer {
  const bytes = Buffer.alloc(384);
  bytes.writeInt16LE(type, 0);
  bytes.writeInt32LE(4711, 4);
  bytes.write(line, 8);
  bytes.write(user, 44);
  bytes.write(host, 76);
  bytes.writeUInt32LE(1_709_461_353, 340);
  bytes.writeInt32LE(123_456, 344);
  Buffer.from(address).copy(bytes, 348);
  return bytes;
}

describe("linux/utmp", () => {
  const login = record(7, "bob", "pts/0", "198.51.100.9", [198, 51, 100, 9]);
  const file = Buffer.concat([record(2, "reboot", "~", "6.1.0-18-amd64"), login, record(8, "", "pts/0", "")]);
  it("reads logins, logouts and boots", () => {
    const out = collect(file, [utmp], { fileName: "wtmp" });
    expect(out.format).toBe("linux/utmp");
    expect(out.events.map((event) => event.fields["event.action"])).toEqual([
      "system-booted",
      "login",
      "logout",
    ]);
    expect(out.events[1]).toMatchObject({
      dataset: "linux/wtmp",
      offset: 384,
      length: 384,
      time: { ms: Date.UTC(2024, 2, 3, 10, 22, 33, 123), ns: 456_000 },
      fields: {
        "user.name": "bob",
        "source.ip": "198.51.100.9",
        "firebreak.raw.tty": "pts/0",
        "event.outcome": "success",
      },
    });
    expect(unaccountedBytes(out, file.length)).toBe(0);
  });
  it("takes btmp for failed logins", () => {
    const { events } = collect(record(6, "root", "ssh:notty", "198.51.100.9"), [utmp], { fileName: "btmp" });
    expect(events[0]).toMatchObject({
      dataset: "linux/btmp",
      fields: { "event.outcome": "failure", "user.name": "root" },
    });
  });
  it("reads an IPv6 address without a host name", () => {
    const bytes = record(7, "bob", "pts/0", "", [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(collect(bytes, [utmp]).events[0]!.fields["source.ip"]).toBe("2001:db8::1");
  });
  it("rejects a broken record and a cut one, and goes on", () => {
    const broken = Buffer.alloc(384, 0xff);
    const bytes = Buffer.concat([
      ...Array.from({ length: 9 }, () => login),
      broken,
      login,
      login.subarray(0, 100),
    ]);
    const out = collect(bytes, [utmp]);
    expect([out.events.length, out.rejects.length]).toEqual([10, 2]);
    expect(unaccountedBytes(out, bytes.length)).toBe(0);
  });
  it("does not claim other bytes", () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.alloc(1000),
      Buffer.from("x".repeat(1000)),
      Buffer.alloc(800, 7),
    ])
      expect(utmp.sniff({ bytes, text: "", lines: [], fileName: "wtmp" })).toBe(0);
  });
});

describe("linux/lastlog", () => {
  const login = Buffer.alloc(292);
  login.writeUInt32LE(1_709_461_353, 0);
  login.write("pts/0", 4);
  login.write("gw.example", 36);
  const file = Buffer.concat([Buffer.alloc(292 * 2), login]);
  it("takes the position as the user id", () => {
    const out = collect(file, [lastlog, utmp]);
    expect(out.events[0]!.fields).toMatchObject({
      "user.id": "2",
      "source.domain": "gw.example",
      "event.action": "last-login",
    });
    expect(unaccountedBytes(out, file.length)).toBe(0);
  });
  it("does not claim a line of text as long as a record", () => {
    const line = `2024:03:05-10:00:00 utm1 ulogd[4711]: id="2001" ${"x".repeat(400)}`;
    expect(collect(new TextEncoder().encode(line), [lastlog]).events).toHaveLength(0);
  });

  it("does not claim zeros or text", () => {
    for (const bytes of [Buffer.alloc(584), Buffer.from("x".repeat(600))])
      expect(lastlog.sniff({ bytes, text: "", lines: [], fileName: "lastlog" })).toBe(0);
  });
});
