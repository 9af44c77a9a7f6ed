import type { Fields } from "@firebreak/model/event";
import { setAccount } from "../../ecs/account.ts";
import { portOf } from "../../ecs/address-port.ts";
import { setVerdict } from "../../ecs/connection.ts";
import { type Side, setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { transportOf } from "../../ecs/transport.ts";

/** What one file has told so far about its open connections: a teardown does not say who opened the connection. */
export interface ConnectionMemory {
  /** Connection id → true when the second address of the message is the one that opened it. */
  readonly openedBySecond: Map<string, boolean>;
}

/** How one message id is read. The pattern is tried on the text behind "%ASA-6-302013: ". */
export interface Rule {
  readonly ids: readonly number[];
  readonly pattern: RegExp;
  build(match: RegExpExecArray, fields: Fields, memory: ConnectionMemory): void;
}

/** "inside:10.1.1.1/5500", "outside:2001:db8::1/443", "10.1.1.1/80", "10.1.1.1": interface, address, port or service name. */
export function setPlace(fields: Fields, side: Side, place: string): void {
  const { name, address, port } = splitPlace(place);
  if (name !== undefined) {
    const interfaceField =
      side === "source" ? "observer.ingress.interface.name" : "observer.egress.interface.name";
    fields[interfaceField] = name;
  }
  setEndpoint(fields, side, address, port);
  if (port !== undefined && portOf(port) === undefined) fields[`firebreak.raw.${side}_service`] = port;
}

export function splitPlace(place: string): { name?: string; address: string; port?: string } {
  const slash = place.lastIndexOf("/");
  const port = slash > 0 ? place.slice(slash + 1) : undefined;
  const head = slash > 0 ? place.slice(0, slash) : place;
  const colon = head.indexOf(":");
  const hasName = colon > 0 && cleanIp(head) === undefined;
  const address = hasName ? head.slice(colon + 1) : head;
  return { ...(hasName && { name: head.slice(0, colon) }), address, ...(port !== undefined && { port }) };
}

/** The address behind translation, "(203.0.113.1/5500)": only when it differs from the real one. */
export function setTranslated(fields: Fields, side: Side, mapped: string): void {
  const slash = mapped.lastIndexOf("/");
  const address = slash > 0 ? mapped.slice(0, slash) : mapped;
  const number = slash > 0 ? portOf(mapped.slice(slash + 1)) : undefined;
  const ip = cleanIp(address.includes(":") ? splitPlace(mapped).address : address);
  if (ip === undefined) return;
  if (side === "source") {
    if (ip === fields["source.ip"] && number === fields["source.port"]) return;
    fields["source.nat.ip"] = ip;
    if (number !== undefined) fields["source.nat.port"] = number;
  } else {
    if (ip === fields["destination.ip"] && number === fields["destination.port"]) return;
    fields["destination.nat.ip"] = ip;
    if (number !== undefined) fields["destination.nat.port"] = number;
  }
}

export function setProtocol(fields: Fields, protocol: string): void {
  const transport = transportOf(protocol);
  if (transport !== undefined) fields["network.transport"] = transport;
  else fields["firebreak.raw.protocol"] = protocol;
}

/** A packet or connection that the firewall decided on: how it did stands in event.type. */
export function decide(fields: Fields, verdict: string, protocol?: string): void {
  fields["event.category"] = ["network"];
  setVerdict(fields, verdict, "firewall-rule");
  if (protocol !== undefined) setProtocol(fields, protocol);
}

export function ends(fields: Fields, from: string, to: string): void {
  setPlace(fields, "source", from);
  setPlace(fields, "destination", to);
}

/** "0:01:30" or "0h:13m:02s" as nanoseconds. */
export function setDuration(fields: Fields, text: string): void {
  const match = /^(?:(\d+)d[ :]?)?(\d+)h?:(\d+)m?:(\d+)s?$/.exec(text);
  if (!match) return;
  const seconds =
    Number(match[1] ?? 0) * 86_400 + Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4]);
  fields["event.duration"] = seconds * 1e9;
}

export function authenticated(fields: Fields, outcome: "success" | "failure", action: string): void {
  fields["event.category"] = ["authentication"];
  fields["event.type"] = [outcome === "success" ? "start" : "info"];
  fields["event.action"] = action;
  fields["event.outcome"] = outcome;
}

export function setUser(fields: Fields, name: string | undefined): void {
  if (name === undefined || name === "" || name === "*****" || name === "<unknown>") return;
  setAccount(fields, name);
}
