import type { Fields } from "@firebreak/model/event";
import type { DocumentFormat, EventSink, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { readClientHello, readHttpRequest } from "../../pcap/application.ts";
import { type Frame, isCapture, readCapture } from "../../pcap/capture.ts";
import { readDns } from "../../pcap/dns.ts";
import { endFields, type Flow, FlowTable, flowFields } from "../../pcap/flows.ts";
import { type Packet, readPacket } from "../../pcap/packet.ts";

const dnsPorts = [53, 5353, 5355];

/**
 * Packet captures (pcap, pcapng): one event a flow with its volume, and one for each DNS message, HTTP request and TLS
 * server name. Payloads are not put together over several packets.
 */
export const format = {
  kind: "document",
  name: "ids/pcap",
  title: "Packet capture (pcap, pcapng)",
  version: 1,
  notes:
    "By magic number. Epoch times. Datasets: pcap/flow, pcap/dns, pcap/http, pcap/tls. A flow stands at its first frame.",
  sniff(head) {
    return isCapture(head.bytes) ? 1 : 0;
  },
  parse(source, context, sink) {
    const reader = new CaptureReader(context, sink);
    readCapture(source, reader);
    reader.finish();
  },
} satisfies DocumentFormat;

class CaptureReader {
  readonly #context: ParseContext;
  readonly #sink: EventSink;
  readonly #flows: FlowTable;
  // Neighbouring frames that begin no flow are told as one range.
  #skipStart = -1;
  #skipEnd = -1;

  constructor(context: ParseContext, sink: EventSink) {
    this.#context = context;
    this.#sink = sink;
    this.#flows = new FlowTable((flow) => this.#tellFlow(flow));
  }

  frame(frame: Frame): void {
    const packet = readPacket(frame.linkType, frame.data);
    if (packet === undefined) {
      this.#skipFrame(frame);
      return;
    }
    const { flow, isNew } = this.#flows.add(packet, frame);
    const told = this.#tellApplication(packet, flow, frame);
    if (!isNew && !told) this.#skipFrame(frame);
    else this.#flushSkip();
  }

  skip(offset: number, length: number, reason: string): void {
    this.#flushSkip();
    this.#sink.skip({ offset, length }, reason);
  }

  reject(offset: number, length: number, reason: string): void {
    this.#flushSkip();
    this.#sink.reject({ offset, length }, reason);
  }

  finish(): void {
    this.#flushSkip();
    this.#flows.flush();
    if (this.#flows.evicted > 0)
      this.#sink.note(
        `${this.#flows.evicted} flows were told before their end: more were open at once than are kept`,
      );
  }

  #skipFrame(frame: Frame): void {
    if (this.#skipEnd !== frame.offset) this.#flushSkip();
    if (this.#skipStart < 0) this.#skipStart = frame.offset;
    this.#skipEnd = frame.offset + frame.length;
  }

  #flushSkip(): void {
    if (this.#skipStart >= 0)
      this.#sink.skip(
        { offset: this.#skipStart, length: this.#skipEnd - this.#skipStart },
        "frames counted in their flow, or without IP",
      );
    this.#skipStart = -1;
    this.#skipEnd = -1;
  }

  #tellFlow(flow: Flow): void {
    const fields = flowFields(flow);
    addRelated(fields);
    const time = this.#context.time.instant(flow.ms, flow.ns, stampOf(flow));
    this.#sink.event({ dataset: "pcap/flow", time, fields, offset: flow.offset, length: flow.length });
  }

  #tellApplication(packet: Packet, flow: Flow, frame: Frame): boolean {
    if (packet.payload.length === 0) return false;
    const found = dnsFields(packet) ?? httpFields(packet) ?? tlsFields(packet, flow);
    if (found === undefined) return false;
    flow.protocol ??= found.protocol;
    if (found.host !== undefined) flow.serverName ??= found.host;
    const fields: Fields = { ...endFields(flow), ...found.fields };
    addRelated(fields);
    const time = this.#context.time.instant(frame.ms, frame.ns, stampOf(frame));
    const event = {
      dataset: `pcap/${found.protocol}`,
      time,
      fields,
      offset: frame.offset,
      length: frame.length,
    };
    // The flow that begins with this frame stands at the same place: the message is its first member.
    this.#sink.event(flow.offset === frame.offset ? { ...event, sub: 1 } : event);
    return true;
  }
}

interface Found {
  readonly protocol: "dns" | "http" | "tls";
  readonly host: string | undefined;
  readonly fields: Fields;
}

function dnsFields(packet: Packet): Found | undefined {
  const isDns = [packet.sourcePort, packet.destinationPort].some(
    (port) => port !== undefined && dnsPorts.includes(port),
  );
  if (!isDns) return undefined;
  const message = packet.transport === "tcp" ? packet.payload.subarray(2) : packet.payload;
  const fields = readDns(message);
  if (fields === undefined) return undefined;
  fields["event.kind"] = "event";
  fields["event.category"] = ["network"];
  fields["event.type"] = ["protocol"];
  return { protocol: "dns", host: undefined, fields };
}

function httpFields(packet: Packet): Found | undefined {
  if (packet.transport !== "tcp") return undefined;
  const fields = readHttpRequest(packet.payload);
  if (fields === undefined) return undefined;
  const host = fields["url.domain"];
  return { protocol: "http", host: typeof host === "string" ? host : undefined, fields };
}

function tlsFields(packet: Packet, flow: Flow): Found | undefined {
  if (packet.transport !== "tcp" || flow.protocol !== undefined) return undefined;
  const hello = readClientHello(packet.payload);
  if (hello === undefined) return undefined;
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["network"],
    "event.type": ["protocol", "connection"],
    "event.action": "tls-client-hello",
    "network.protocol": "tls",
  };
  if (hello.serverName !== undefined) {
    fields["tls.client.server_name"] = hello.serverName;
    fields["destination.domain"] = hello.serverName;
  }
  return { protocol: "tls", host: hello.serverName, fields };
}

function stampOf(time: { ms: number; ns: number }): string {
  const seconds = Math.floor(time.ms / 1000);
  return `${seconds}.${String((time.ms - seconds * 1000) * 1_000_000 + time.ns).padStart(9, "0")}`;
}
