import type { Fields } from "@firebreak/model/event";
import { dnsRecordType } from "../network/dns-types.ts";
import { ipv6Text } from "./packet.ts";

const codes = ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED"];
const maxAnswers = 50;

/** Fields of a DNS message (RFC 1035 §4.1), or undefined when the bytes are none. */
export function readDns(data: Uint8Array): Fields | undefined {
  if (data.length < 12) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const flags = view.getUint16(2);
  const questions = view.getUint16(4);
  const answers = view.getUint16(6);
  if (questions !== 1 || (flags & 0x7800) !== 0 || answers > 500) return undefined;
  const question = readName(data, 12);
  if (!question || question.end + 4 > data.length) return undefined;
  const type = view.getUint16(question.end);
  const fields: Fields = {
    "network.protocol": "dns",
    "dns.id": String(view.getUint16(0)),
    "dns.type": flags & 0x8000 ? "answer" : "query",
    "dns.question.type": dnsRecordType(String(type)) ?? `TYPE${type}`,
    "event.action": flags & 0x8000 ? "dns-answer" : "dns-query",
  };
  if (question.name !== "") fields["dns.question.name"] = question.name;
  if (flags & 0x8000) {
    fields["dns.response_code"] = codes[flags & 15] ?? String(flags & 15);
    readAnswers(data, view, question.end + 4, Math.min(answers, maxAnswers), fields);
  }
  return fields;
}

function readAnswers(data: Uint8Array, view: DataView, start: number, count: number, fields: Fields): void {
  const texts: string[] = [];
  const addresses: string[] = [];
  let at = start;
  for (let i = 0; i < count; i++) {
    const owner = readName(data, at);
    if (!owner || owner.end + 10 > data.length) break;
    const type = view.getUint16(owner.end);
    const length = view.getUint16(owner.end + 8);
    const begin = owner.end + 10;
    if (begin + length > data.length) break;
    if (type === 1 && length === 4) addresses.push(data.subarray(begin, begin + 4).join("."));
    else if (type === 28 && length === 16) addresses.push(ipv6Text(data.subarray(begin, begin + 16)));
    else if (type === 5 || type === 12 || type === 2) texts.push(readName(data, begin)?.name ?? "");
    at = begin + length;
  }
  const all = [...texts.filter((text) => text !== ""), ...addresses];
  if (all.length > 0) fields["dns.answers.data"] = all;
  if (addresses.length > 0) fields["dns.resolved_ip"] = addresses;
}

/** A name with compression pointers (RFC 1035 §4.1.4); pointers are followed a bounded number of times. */
function readName(data: Uint8Array, start: number): { name: string; end: number } | undefined {
  const labels: string[] = [];
  let at = start;
  let end = -1;
  for (let steps = 0; steps < 128; steps++) {
    const length = data[at];
    if (length === undefined) return undefined;
    if (length === 0) return { name: labels.join("."), end: end < 0 ? at + 1 : end };
    if (length >= 0xc0) {
      if (data[at + 1] === undefined) return undefined;
      if (end < 0) end = at + 2;
      at = ((length & 0x3f) << 8) | data[at + 1]!;
      continue;
    }
    if (length > 63 || at + 1 + length > data.length) return undefined;
    let label = "";
    for (const octet of data.subarray(at + 1, at + 1 + length))
      label += octet > 32 && octet < 127 && octet !== 46 ? String.fromCharCode(octet) : `\\${octet}`;
    labels.push(label);
    at += 1 + length;
  }
  return undefined;
}
