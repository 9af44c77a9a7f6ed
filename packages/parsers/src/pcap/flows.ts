import type { Fields } from "@firebreak/model/event";
import type { Frame } from "./capture.ts";
import type { Packet } from "./packet.ts";

/** A conversation between two ends, from its first frame on. */
export interface Flow {
  readonly offset: number;
  readonly length: number;
  readonly ms: number;
  readonly ns: number;
  readonly sourceIp: string;
  readonly destinationIp: string;
  readonly sourcePort: number | undefined;
  readonly destinationPort: number | undefined;
  readonly transport: string;
  lastMs: number;
  sourceBytes: number;
  destinationBytes: number;
  sourcePackets: number;
  destinationPackets: number;
  protocol: string | undefined;
  serverName: string | undefined;
  /** TCP flags seen from either side, ORed. */
  sourceFlags: number;
  destinationFlags: number;
}

const fin = 1;
const syn = 2;
const rst = 4;
const ack = 16;
/** A pause after which the same two ends begin a new flow. */
const idleMs = 300_000;

/** Gathers packets to flows. At most `maxFlows` are open at once: the one that began first is then told and closed. */
export class FlowTable {
  readonly #flows = new Map<string, Flow>();
  readonly #maxFlows: number;
  readonly #tell: (flow: Flow) => void;
  evicted = 0;

  constructor(tell: (flow: Flow) => void, maxFlows = 65_536) {
    this.#tell = tell;
    this.#maxFlows = maxFlows;
  }

  /** Adds a packet; gives its flow and whether it began one. */
  add(packet: Packet, frame: Frame): { flow: Flow; isNew: boolean } {
    const key = keyOf(packet);
    let flow = this.#flows.get(key);
    if (flow && isOver(flow, packet, frame)) {
      this.#flows.delete(key);
      this.#tell(flow);
      flow = undefined;
    }
    const isNew = flow === undefined;
    if (flow === undefined) {
      flow = openFlow(packet, frame);
      this.#flows.set(key, flow);
      if (this.#flows.size > this.#maxFlows) this.#evict();
    }
    count(flow, packet, frame);
    return { flow, isNew };
  }

  flush(): void {
    for (const flow of this.#flows.values()) this.#tell(flow);
    this.#flows.clear();
  }

  #evict(): void {
    const [key, flow] = this.#flows.entries().next().value!;
    this.#flows.delete(key);
    this.evicted++;
    this.#tell(flow);
  }
}

function keyOf(packet: Packet): string {
  const a = `${packet.sourceIp}|${packet.sourcePort ?? ""}`;
  const b = `${packet.destinationIp}|${packet.destinationPort ?? ""}`;
  return a < b ? `${packet.transport}|${a}|${b}` : `${packet.transport}|${b}|${a}`;
}

function isOver(flow: Flow, packet: Packet, frame: Frame): boolean {
  if (frame.ms - flow.lastMs > idleMs) return true;
  const closed =
    ((flow.sourceFlags | flow.destinationFlags) & rst) !== 0 ||
    (flow.sourceFlags & flow.destinationFlags & fin) !== 0;
  return closed && (packet.flags & (syn | ack)) === syn;
}

function openFlow(packet: Packet, frame: Frame): Flow {
  // A SYN with ACK is the answer: who asked was not captured.
  const isAnswer = (packet.flags & (syn | ack)) === (syn | ack);
  return {
    offset: frame.offset,
    length: frame.length,
    ms: frame.ms,
    ns: frame.ns,
    sourceIp: isAnswer ? packet.destinationIp : packet.sourceIp,
    destinationIp: isAnswer ? packet.sourceIp : packet.destinationIp,
    sourcePort: isAnswer ? packet.destinationPort : packet.sourcePort,
    destinationPort: isAnswer ? packet.sourcePort : packet.destinationPort,
    transport: packet.transport,
    lastMs: frame.ms,
    sourceBytes: 0,
    destinationBytes: 0,
    sourcePackets: 0,
    destinationPackets: 0,
    protocol: undefined,
    serverName: undefined,
    sourceFlags: 0,
    destinationFlags: 0,
  };
}

function count(flow: Flow, packet: Packet, frame: Frame): void {
  const fromSource = packet.sourceIp === flow.sourceIp && packet.sourcePort === flow.sourcePort;
  if (fromSource) {
    flow.sourceBytes += frame.wireLength;
    flow.sourcePackets++;
    flow.sourceFlags |= packet.flags;
  } else {
    flow.destinationBytes += frame.wireLength;
    flow.destinationPackets++;
    flow.destinationFlags |= packet.flags;
  }
  flow.lastMs = Math.max(flow.lastMs, frame.ms);
}

/** ECS fields of the two ends, in the direction of the flow. */
export function endFields(flow: Flow): Fields {
  const fields: Fields = {
    "source.ip": flow.sourceIp,
    "destination.ip": flow.destinationIp,
    "network.transport": flow.transport,
    "network.type": flow.sourceIp.includes(":") ? "ipv6" : "ipv4",
  };
  if (flow.sourcePort !== undefined) fields["source.port"] = flow.sourcePort;
  if (flow.destinationPort !== undefined) fields["destination.port"] = flow.destinationPort;
  return fields;
}

/** ECS fields of a finished flow. Bytes are those of whole frames on the wire. */
export function flowFields(flow: Flow): Fields {
  const fields = endFields(flow);
  fields["event.kind"] = "event";
  fields["event.category"] = ["network"];
  fields["event.type"] = ["connection"];
  fields["event.action"] = "flow";
  fields["event.duration"] = (flow.lastMs - flow.ms) * 1_000_000;
  fields["source.bytes"] = flow.sourceBytes;
  fields["destination.bytes"] = flow.destinationBytes;
  fields["source.packets"] = flow.sourcePackets;
  fields["destination.packets"] = flow.destinationPackets;
  fields["network.bytes"] = flow.sourceBytes + flow.destinationBytes;
  fields["network.packets"] = flow.sourcePackets + flow.destinationPackets;
  if (flow.protocol !== undefined) fields["network.protocol"] = flow.protocol;
  if (flow.serverName !== undefined) fields["destination.domain"] = flow.serverName;
  if (flow.transport !== "tcp" || (flow.sourceFlags & syn) === 0) return fields;
  const accepted = (flow.destinationFlags & syn) !== 0;
  fields["event.action"] = accepted ? "connection-established" : "connection-attempted";
  fields["event.outcome"] = accepted ? "success" : "failure";
  return fields;
}
