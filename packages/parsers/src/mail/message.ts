import { createHash } from "node:crypto";
import { type HeaderField, readAddresses, readHeaders } from "@firebreak/inspect/mail/headers";
import { type MimeLeaf, readMime } from "@firebreak/inspect/mail/mime";
import type { EventDraft, Fields } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { formatInstant } from "@firebreak/model/time";
import { cleanIp, isPublicIp } from "../ecs/ip.ts";
import { rawField } from "../ecs/raw.ts";
import { addRelated } from "../ecs/related.ts";
import { setUrl } from "../ecs/url.ts";
import { readTimeValue } from "../infer/time-value.ts";
import { linksIn } from "./links.ts";

const rawFieldsMax = 100;
const attachmentsMax = 50;
const addressesMax = 200;
const valueCharsMax = 4000;
const mailboxZone = { zone: "UTC", source: "format-default" } as const;

/**
 * One mail as an event.
 * @param bytes the message, header first; a mailbox's "From " line may stand before it
 * @returns undefined when no header field is there
 */
export function readMessage(bytes: Uint8Array, context: ParseContext): EventDraft | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  const envelope = /^From \S+ ([^\n]*)\n/.exec(text.slice(0, 1000));
  const from = envelope?.[0].length ?? 0;
  const { fields: header } = readHeaders(text, from);
  if (header.length === 0) return undefined;
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["email"],
    "event.type": ["info"],
  };
  keepHeader(fields, header);
  setParties(fields, header);
  const { leaves, faults } = readMime(text, from);
  setAttachments(
    fields,
    leaves.filter(({ isAttachment }) => isAttachment),
  );
  setLinks(
    fields,
    leaves.filter(({ isAttachment, type }) => !isAttachment && type.startsWith("text/")),
  );
  if (faults.length > 0) fields["firebreak.raw.faults"] = [...faults];
  setOrigin(fields, header);
  const sent = timeOf(textOf(header, "date"), context);
  const received = header
    .filter(({ name }) => name === "received")
    .map(({ value }) => timeOf(value.slice(value.lastIndexOf(";") + 1), context))
    .find((time) => time !== undefined);
  if (sent) fields["email.origination_timestamp"] = formatInstant(sent);
  if (received) fields["email.delivery_timestamp"] = formatInstant(received);
  addRelated(fields);
  // The sender writes Date as he likes; what the receiving server wrote is on top. A mailbox's own line is in UTC (RFC 4155).
  const stored = () => envelope && readTimeValue(envelope[1]!, context.time, "unknown", mailboxZone);
  const time = received ?? sent ?? stored() ?? undefined;
  return time ? { dataset: "mail/message", time, fields } : { dataset: "mail/message", fields };
}

function textOf(header: readonly HeaderField[], name: string): string | undefined {
  return header.find((field) => field.name === name)?.value;
}

/** "Tue, 5 Mar 2024 09:13:55 +0100 (CET)". */
function timeOf(value: string | undefined, context: ParseContext) {
  const text = value?.replace(/\([^()]{0,60}\)\s*$/, "").trim();
  return text === undefined || text === "" ? undefined : readTimeValue(text, context.time);
}

/** The fields as recorded, in the order in which they stand; one that comes several times is a list. */
function keepHeader(fields: Fields, header: readonly HeaderField[]): void {
  const byName = new Map<string, string[]>();
  for (const { name, value } of header) {
    const list = byName.get(name) ?? [];
    if (list.length === 0 && byName.size >= rawFieldsMax) continue;
    byName.set(name, list);
    list.push(value.slice(0, valueCharsMax));
  }
  for (const [name, values] of byName) fields[rawField(name)] = values.length === 1 ? values[0]! : values;
}

const parties: readonly (readonly [name: string, field: string])[] = [
  ["from", "email.from.address"],
  ["to", "email.to.address"],
  ["cc", "email.cc.address"],
  ["bcc", "email.bcc.address"],
  ["reply-to", "email.reply_to.address"],
];

function setParties(fields: Fields, header: readonly HeaderField[]): void {
  for (const [name, field] of parties) {
    const addresses = header
      .filter((one) => one.name === name)
      .flatMap(({ value }) => readAddresses(value).map(({ address }) => address));
    if (addresses.length > 0) fields[field] = [...new Set(addresses)].slice(0, addressesMax);
  }
  const sender = textOf(header, "sender") ?? textOf(header, "return-path");
  const [envelope] = sender === undefined ? [] : readAddresses(sender);
  if (envelope) fields["email.sender.address"] = envelope.address;
  const texts: readonly (readonly [string, string])[] = [
    ["subject", "email.subject"],
    ["message-id", "email.message_id"],
    ["x-mailer", "email.x_mailer"],
    ["content-type", "email.content_type"],
  ];
  for (const [name, field] of texts) {
    const value = textOf(header, name);
    if (value)
      fields[field] =
        field === "email.message_id" ? value.replace(/^<|>$/g, "") : value.slice(0, valueCharsMax);
  }
}

function setAttachments(fields: Fields, attachments: readonly MimeLeaf[]): void {
  const told = attachments.slice(0, attachmentsMax);
  if (told.length === 0) return;
  const hash = (kind: string) => told.map(({ bytes }) => createHash(kind).update(bytes).digest("hex"));
  fields["email.attachments.file.name"] = told.map(({ name }) => name);
  fields["email.attachments.file.size"] = told.map(({ bytes }) => bytes.length);
  fields["email.attachments.file.mime_type"] = told.map(({ type }) => type);
  fields["email.attachments.file.hash.md5"] = hash("md5");
  fields["email.attachments.file.hash.sha256"] = hash("sha256");
}

function setLinks(fields: Fields, texts: readonly MimeLeaf[]): void {
  const links = linksIn(texts.map(({ bytes }) => Buffer.from(bytes).toString("utf8")));
  if (links.length === 0) return;
  fields["firebreak.raw.links"] = links;
  setUrl(fields, links[0]!);
}

/** The machine that brought the mail in: the first one from the top that has a public address. */
function setOrigin(fields: Fields, header: readonly HeaderField[]): void {
  for (const { name, value } of header) {
    if (name !== "received") continue;
    const hop = /^from\s+(\S{1,255})/i.exec(value);
    const address = /\[(?:IPv6:)?([0-9a-f.:]{3,45})\]/i.exec(value.split(/\sby\s/i, 1)[0]!)?.[1];
    const ip = address === undefined ? undefined : cleanIp(address);
    if (ip === undefined || !isPublicIp(ip)) continue;
    fields["source.ip"] = ip;
    if (hop && !hop[1]!.startsWith("[")) fields["source.domain"] = hop[1]!.toLowerCase();
    return;
  }
}
