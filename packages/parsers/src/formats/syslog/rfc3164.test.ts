import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format as rfc3164 } from "./rfc3164.ts";
import { format as rfc5424 } from "./rfc5424.ts";

function read(text: string) {
  return collect(text, [rfc3164, rfc5424]);
}

interface Expected {
  time?: string;
  zone?: string;
  host?: string;
  program?: string;
  pid?: number;
  priority?: number;
  message?: string;
  relay?: string;
  level?: string;
}

const cases: [string, string, Expected][] = [
  [
    "classic",
    "Mar  3 10:22:33 web1 myapp[42]: hello there",
    {
      time: "2024-03-03T10:22:33.000Z",
      zone: "assumed",
      host: "web1",
      program: "myapp",
      pid: 42,
      message: "hello there",
    },
  ],
  [
    "priority",
    "<34>Oct 11 22:14:15 mymachine su: it failed",
    { time: "2023-10-11T22:14:15.000Z", priority: 34, host: "mymachine", program: "su", level: "critical" },
  ],
  [
    "priority and space",
    "<134> Mar  3 10:22:33 gw1 /usr/sbin/myapp[7]: x",
    { host: "gw1", program: "myapp", pid: 7 },
  ],
  [
    "a relay's ISO stamp before the sender's header",
    "2024-03-03T10:22:34+00:00 192.0.2.250 Mar  3 10:22:33 gw1 myapp[7]: x",
    { host: "gw1", program: "myapp", pid: 7, relay: "192.0.2.250", message: "x" },
  ],
  [
    "a product's message behind an ISO stamp and a host",
    '2024-03-03T10:22:33Z gw1 [action:"Accept"; src:"192.0.2.1"; dst:"192.0.2.2"]',
    { host: "gw1", time: "2024-03-03T10:22:33.000Z" },
  ],
  [
    "a tag with its colon before a bracket is no RFC 5424",
    "2024-03-03T10:22:33.123Z esx1 Hostd: info hostd[2099] [Originator@6876 sub=x] y",
    { host: "esx1", program: "Hostd", time: "2024-03-03T10:22:33.123Z" },
  ],
  [
    "words before a bracket are no RFC 5424",
    "2024-03-03T10:22:33.123+01:00 rtr1 %SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: bob] [Source: 192.0.2.9] [localport: 22]",
    { host: "rtr1", time: "2024-03-03T09:22:33.123Z" },
  ],
  [
    "a severity between host and tag",
    "2024-03-03T10:22:33.123+01:00 f5a notice apmd[11]: 01490010:5: x",
    { host: "f5a", program: "apmd", pid: 11, level: "notice" },
  ],
  [
    "a name before the stamp, without a priority",
    "nx1: 2024 Mar  3 10:22:33 UTC: %ETHPORT-5-IF_DOWN: Interface Ethernet1/1 is down",
    { host: "nx1", time: "2024-03-03T10:22:33.000Z" },
  ],
  [
    "a program in parentheses",
    "Mar  3 10:22:33 px1 (squid-1)[77]: hello",
    { host: "px1", program: "squid-1", pid: 77, message: "hello" },
  ],
  [
    "IOS XR",
    "<190>RP/0/RSP0/CPU0:Mar  3 10:22:33.123 : SSHD_[66]: hello",
    { host: "RP/0/RSP0/CPU0", program: "SSHD_", pid: 66, message: "hello" },
  ],
  ["one-digit day", "Mar 3 10:22:33 web1 myapp: x", { time: "2024-03-03T10:22:33.000Z", host: "web1" }],
  ["no host", "Mar  3 10:22:33 myapp[9]: x", { program: "myapp", pid: 9, message: "x" }],
  ["no host, colon behind the stamp", "Mar  3 10:22:33: --- mark ---", { message: "--- mark ---" }],
  [
    "no tag",
    "Mar  3 10:22:33 web1 Job `daily' terminated",
    { host: "web1", message: "Job `daily' terminated" },
  ],
  [
    "ISO with zone",
    "2024-03-03T10:22:33.594792+01:00 web1 myapp[3]: x",
    { time: "2024-03-03T09:22:33.594Z", zone: "in-record", host: "web1", program: "myapp" },
  ],
  [
    "ISO, comma, no zone",
    "2024-03-03 10:22:33,399 web1 myapp[3] x",
    { time: "2024-03-03T10:22:33.399Z", zone: "assumed", program: "myapp" },
  ],
  ["ISO with level", "2024-03-03T10:22:33.1Z INFO myapp[3]: x", { level: "info", program: "myapp" }],
  [
    "macOS level",
    "Mar  3 10:22:33 mac1 firewalld[3] <Info>: x",
    { level: "info", program: "firewalld", pid: 3, message: "x" },
  ],
  [
    "Cisco",
    "<189>gw1: 6340004: *Mar  1 00:00:00.123 UTC: %SYS-5-CONFIG: x",
    { time: "2024-03-01T00:00:00.123Z", zone: "in-record", host: "gw1" },
  ],
  [
    "Sophos UTM",
    "2024:03:03-10:22:33 utm1 httpproxy[47]: x",
    { time: "2024-03-03T10:22:33.000Z", host: "utm1", program: "httpproxy", pid: 47 },
  ],
  [
    "Cisco below a relay's header",
    "<189>Mar  3 10:22:34 192.0.2.9 123: sw1: .Mar  3 10:22:33.123: %SYS-5-CONFIG: x",
    { time: "2024-03-03T10:22:33.123Z", host: "sw1", relay: "192.0.2.9", message: "%SYS-5-CONFIG: x" },
  ],
  [
    "a firewall's stamp below a collector's header",
    "Mar  3 10:22:34 192.0.2.9 Mar 03 2020 10:22:33: %ASA-6-999999: x",
    { time: "2020-03-03T10:22:33.000Z", host: "192.0.2.9" },
  ],
  [
    "Cisco with year",
    "<189>: 2020 Mar  3 10:22:33 EDT: %SYS-5-CONFIG: x",
    { time: "2020-03-03T14:22:33.000Z", zone: "in-record" },
  ],
  [
    "Cisco host and colon",
    "<166>Mar 03 2023 10:22:33 gw1 : %SYS-6-TEST: x",
    { time: "2023-03-03T10:22:33.000Z", zone: "assumed", host: "gw1" },
  ],
  [
    "IOS XR",
    "<189>RP/0/RP0/CPU0:Mar  3 10:22:33: config[65539]: x",
    { host: "RP/0/RP0/CPU0", program: "config" },
  ],
  [
    "French",
    "août 19 11:08:37 web1 myapp[4961]: test",
    { time: "2023-08-19T11:08:37.000Z", host: "web1", program: "myapp" },
  ],
  [
    "relay",
    "<14>2024-03-03T11:00:00+01:00 relay1 <13>Mar  3 09:59:58 web1 myapp: x",
    {
      time: "2024-03-03T10:00:00.000Z",
      zone: "in-record",
      host: "web1",
      relay: "relay1",
      program: "myapp",
      priority: 13,
    },
  ],
  [
    "relay without zone",
    "Mar  3 10:00:00 192.0.2.1 Mar  3 09:59:58 web1 myapp: x",
    { time: "2024-03-03T09:59:58.000Z", host: "web1", relay: "192.0.2.1" },
  ],
  ["priority only", "<13>myapp[3]: x", { program: "myapp", pid: 3, message: "x" }],
  ["epoch", "<134> 1709461353.25 mx1 something", { time: "2024-03-03T10:22:33.250Z", host: "mx1" }],
  ["leap day", "Feb 29 01:15:43 web1 myapp: x", { time: "2024-02-29T01:15:43.000Z" }],
  ["impossible day", "Feb 31 01:15:43 web1 myapp: x", { host: "web1", program: "myapp" }],
  [
    "old PAM tag",
    "Mar  3 10:22:33 web1 myapp(pam_unix)[19939]: x",
    { program: "myapp", pid: 19939, message: "x" },
  ],
  [
    "octet counting",
    "35 <13>Mar  3 10:22:33 web1 myapp: abc",
    { priority: 13, program: "myapp", message: "abc" },
  ],
];

describe("syslog/rfc3164", () => {
  it.each(cases)("%s", (_, line, expected) => {
    const { events } = read(line);
    expect(events).toHaveLength(1);
    const { fields, time } = events[0]!;
    const got: Expected = {
      ...(time && { time: new Date(time.ms).toISOString(), zone: time.zoneSource }),
      host: fields["host.name"] as string,
      program: fields["process.name"] as string,
      pid: fields["process.pid"] as number,
      priority: fields["log.syslog.priority"] as number,
      message: fields.message as string,
      relay: fields["firebreak.syslog.relay"] as string,
      level: fields["log.level"] as string,
    };
    for (const key of Object.keys(expected) as (keyof Expected)[])
      expect([key, got[key]]).toEqual([key, expected[key]]);
    if (expected.time === undefined && line.startsWith("Feb 31")) expect(time).toBeUndefined();
  });

  it("reads the message inside a repetition and counts it", () => {
    const { events } = read(
      "Mar  3 10:22:33 web1 sshd[1]: message repeated 5 times: [ Failed password for root from 198.51.100.9 port 22 ssh2]\nMar  3 10:22:33 web1 last message repeated 3 times",
    );
    expect(events[0]!.dataset).toBe("linux/sshd");
    expect(events[0]!.fields["firebreak.repeat_count"]).toBe(5);
    expect(events[0]!.fields["source.ip"]).toBe("198.51.100.9");
    expect(events[1]!.fields).toMatchObject({
      "event.action": "message-repeated",
      "firebreak.repeat_count": 3,
    });
  });

  it("joins indented lines to their message", () => {
    const { events } = read(
      "Mar  3 10:22:33 web1 myapp: one\n\ttwo\n  three\nMar  3 10:22:34 web1 myapp: next\n",
    );
    expect(events.map((event) => event.fields.message)).toEqual(["one\n\ttwo\n  three", "next"]);
  });

  it("splits several counted frames of one line", () => {
    const frame = "<13>Mar  3 10:22:33 web1 myapp: é";
    const counted = `${Buffer.byteLength(frame)} ${frame}`;
    expect(read(counted + counted).events.map((event) => event.fields.message)).toEqual(["é", "é"]);
  });

  it.each([
    "",
    "hello world",
    '{"a":1}',
    "10.0.0.1 - - [10/Oct/2000:13:55:36 -0700]",
    "Markus was here",
    "2024-03-03,a,b",
  ])("does not claim %j", (line) => expect(rfc3164.sniff(line)).toBe(0));

  it("accounts for any bytes and never throws", () => {
    const piece = fc.constantFrom(
      "<13>",
      "<999>",
      "Mar  3 10:22:33",
      " ",
      "web1",
      "a[1]:",
      ":",
      "%ASA-6-1:",
      "1 ",
      "2024-03-03T10:22:33Z",
      "\t",
      "\n",
      "\0",
      "é",
      "[",
      "*",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join("");
        const bytes = new TextEncoder().encode(text).length;
        const out = read(text);
        if (out.format !== "empty") expect(unaccountedBytes(out, bytes)).toBe(0);
      }),
    );
  });
});
