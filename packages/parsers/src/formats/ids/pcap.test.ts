import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ascii, clientHello, dns, pcap, pcapng, type TestFrame, tcp, udp } from "../../testing/capture.ts";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format } from "./pcap.ts";

const client = ["192.0.2.10", 50_000] as const;
const server = ["203.0.113.66", 80] as const;
const at = Date.UTC(2024, 2, 5, 9, 14, 2);

const handshake: TestFrame[] = [
  { ms: at, bytes: tcp({ from: client, to: server, flags: 2 }) },
  { ms: at + 10, bytes: tcp({ from: server, to: client, flags: 18 }) },
  {
    ms: at + 500,
    bytes: tcp({
      from: client,
      to: server,
      payload: ascii("GET /x?y HTTP/1.1\r\nHost: a.example:80\r\nUser-Agent: ua\r\n\r\n"),
    }),
  },
];

function read(bytes: Uint8Array) {
  const got = collect(bytes, [format], { fileName: "x.pcap" });
  expect(unaccountedBytes(got, bytes.length)).toBe(0);
  return got;
}

describe("ids/pcap", () => {
  it.each([
    ["pcap", pcap],
    ["pcapng", pcapng],
  ])("%s: a flow and the request within it", (_name, build) => {
    const { events } = read(build(handshake));
    expect(events.map(({ dataset }) => dataset)).toEqual(["pcap/http", "pcap/flow"]);
    expect(events[0]?.fields).toMatchObject({
      "url.path": "/x",
      "url.domain": "a.example",
      "user_agent.original": "ua",
    });
    expect(events[1]?.fields).toMatchObject({
      "source.ip": client[0],
      "destination.port": 80,
      "network.packets": 3,
      "event.outcome": "success",
      "event.duration": 500_000_000,
      "destination.domain": "a.example",
    });
    expect(events[1]?.time?.ms).toBe(at);
  });

  it("reads DNS questions and answers", () => {
    const ends = { from: client, to: ["192.0.2.53", 53] as const };
    const { events } = read(
      pcap([
        { ms: at, bytes: udp({ ...ends, payload: dns("c2.example.net") }) },
        {
          ms: at + 5,
          bytes: udp({
            from: ends.to,
            to: client,
            payload: dns("c2.example.net", "203.0.113.66"),
            vlan: true,
          }),
        },
      ]),
    );
    expect(events[0]?.fields).toMatchObject({ "dns.question.name": "c2.example.net", "dns.type": "query" });
    expect(events[1]?.fields).toMatchObject({
      "dns.resolved_ip": ["203.0.113.66"],
      "dns.response_code": "NOERROR",
    });
  });

  it("reads the server name of TLS", () => {
    const { events } = read(
      pcap([
        {
          ms: at,
          bytes: tcp({ from: client, to: ["203.0.113.66", 443], payload: clientHello("c2.example.net") }),
        },
      ]),
    );
    expect(events[0]?.dataset).toBe("pcap/tls");
    expect(events[0]?.fields["tls.client.server_name"]).toBe("c2.example.net");
  });

  it("calls an unanswered SYN an attempt", () => {
    const { events } = read(pcap([{ ms: at, bytes: tcp({ from: client, to: server, flags: 2 }) }]));
    expect(events[0]?.fields).toMatchObject({
      "event.action": "connection-attempted",
      "event.outcome": "failure",
    });
  });

  it("gives frames with the same ends after a reset a flow of their own", () => {
    const again = [
      ...handshake,
      { ms: at + 600, bytes: tcp({ from: server, to: client, flags: 4 }) },
      { ms: at + 700, bytes: tcp({ from: client, to: server, flags: 2 }) },
    ];
    expect(read(pcap(again)).events.filter(({ dataset }) => dataset === "pcap/flow")).toHaveLength(2);
  });

  it.each([
    ["cut in a frame", pcap(handshake).slice(0, -5), "frame is cut at the end of the file"],
    ["cut in a header", pcap(handshake).slice(0, 30), "record header is cut"],
  ])("tells where a capture is %s", (_name, bytes, reason) => {
    expect(read(bytes).rejects[0]?.reason).toBe(reason);
  });

  it("accounts for any damage and never throws", () => {
    for (const whole of [pcap(handshake), pcapng(handshake)]) {
      fc.assert(
        fc.property(
          fc.array(
            fc.tuple(fc.integer({ min: 24, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 })),
            { maxLength: 12 },
          ),
          (changes) => {
            const bytes = whole.slice();
            for (const [position, value] of changes) bytes[position] = value;
            read(bytes);
          },
        ),
        { numRuns: 200 },
      );
    }
  });
});
