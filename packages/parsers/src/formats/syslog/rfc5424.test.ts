import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format as rfc3164 } from "./rfc3164.ts";
import { format as rfc5424 } from "./rfc5424.ts";
import { readStructuredData } from "./rfc5424-header.ts";

function one(line: string) {
  const { events, format } = collect(line, [rfc3164, rfc5424]);
  expect(events).toHaveLength(1);
  return { ...events[0]!, format };
}

describe("syslog/rfc5424", () => {
  it("reads the header, structured data and message", () => {
    const event = one(
      String.raw`<165>1 2003-10-11T22:14:15.003000+02:00 web1.example evntslog 8710 ID47 [exampleSDID@32473 iut="3" eventSource="App \"x\" \]"][b@32473 c="d"] An event`,
    );
    expect(event.format).toBe("syslog/rfc5424");
    expect(event.time).toMatchObject({ ms: Date.UTC(2003, 9, 11, 20, 14, 15, 3), zoneSource: "in-record" });
    expect(event.fields).toMatchObject({
      "log.syslog.priority": 165,
      "host.name": "web1.example",
      "process.name": "evntslog",
      "process.pid": 8710,
      "log.syslog.msgid": "ID47",
      "firebreak.raw.iut": "3",
      "firebreak.raw.eventSource": 'App "x" ]',
      "firebreak.raw.sd_id": ["exampleSDID@32473", "b@32473"],
      message: "An event",
    });
  });
  it("takes nil values as absent", () => {
    const event = one("<34>1 - - - - - -");
    expect(event.time).toBeUndefined();
    expect(event.fields["host.name"]).toBeUndefined();
    expect(event.fields.message).toBeUndefined();
  });
  it("drops the byte-order mark before UTF-8 text", () =>
    expect(one("<34>1 2003-10-11T22:14:15Z web1 su - ID47 - \ufeffé").fields.message).toBe("é"));
  it("reads a line without priority and version", () => {
    const event = one('2022-08-27T14:22:01.613Z edge1 NSX 3106 - [nsx@6876 comp="edge" level="INFO"] up');
    expect(event.format).toBe("syslog/rfc5424");
    expect(event.fields).toMatchObject({
      "process.name": "NSX",
      "firebreak.raw.comp": "edge",
      message: "up",
    });
  });
  it("does not take a BSD line with an ISO stamp", () =>
    expect(rfc5424.sniff("2022-08-27T14:22:01.613Z edge1 app[3]: one - two")).toBe(0));
  it("reads counted frames", () => {
    const frame = "<34>1 2003-10-11T22:14:15Z web1 su - ID47 - x";
    const out = collect(`${frame.length} ${frame}${frame.length} ${frame}\n`, [rfc5424]);
    expect(out.events.map((event) => [event.sub, event.fields.message])).toEqual([
      [0, "x"],
      [1, "x"],
    ]);
  });
  it("reads the payload of a program", () =>
    expect(
      one("<38>1 2003-10-11T22:14:15Z web1 sshd 9 - - Accepted password for root from 192.0.2.1 port 5 ssh2")
        .dataset,
    ).toBe("linux/sshd"));
  it("reads a version-1 line that has host and message only", () =>
    expect(one("<134>1 1709461353.25 mx1 flows something").fields).toMatchObject({
      "host.name": "mx1",
      message: "flows something",
    }));
  it.each(["[", "[a", "[a ", "[a b", "[a b=", '[a b="', '[a b="\\', "[a b=c", "-", ""])(
    "ends on broken structured data %j",
    (text) => expect(readStructuredData(text, 0, () => {})).toBeLessThanOrEqual(Math.max(text.length, 1)),
  );
});
