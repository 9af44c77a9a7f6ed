import { createHash } from "node:crypto";
import { renderingInfo } from "./rendering.ts";
import type {
  EventDataItem,
  EvtxRecordSpec,
  Fragment,
  Template,
  TypedValue,
  UserDataElement,
  ValueTypeName,
  XmlElement,
  XmlNode,
} from "./spec.ts";

const eventNamespace = "http://schemas.microsoft.com/win/2004/08/events/event";

/**
 * Makes the fragments of records. Templates are made once per shape and reused, as the Windows service does: one for
 * the System part per computer, one for the event data per provider, event id, version and list of names.
 */
export function eventFragments(): (spec: EvtxRecordSpec) => Fragment {
  const templates = new Map<string, Template>();
  const template = (key: string, root: () => XmlElement): Template => {
    let known = templates.get(key);
    if (known === undefined) {
      known = { guid: guidOf(key), root: root() };
      templates.set(key, known);
    }
    return known;
  };
  return (spec) => {
    const isClassic = spec.qualifiers !== undefined;
    const key = isClassic
      ? `classic|${spec.computer}|${spec.channel}|${spec.provider.name}|${spec.provider.eventSourceName ?? ""}`
      : `event|${spec.computer}|${spec.provider.eventSourceName ?? ""}`;
    const values = spec.isText ? systemValues(spec).map(asText) : systemValues(spec);
    values.push({ type: "binxml", value: payload(spec, template) });
    const rendering = spec.rendering === undefined ? undefined : renderingInfo(spec.rendering, values);
    const whole = rendering === undefined ? key : `${key}|${JSON.stringify(rendering)}`;
    return { template: template(whole, () => eventElement(spec, isClassic, rendering)), values };
  };
}

type TemplateSource = (key: string, root: () => XmlElement) => Template;

/** GUID of a template: derived from its meaning, so that output is deterministic. */
function guidOf(key: string): string {
  const hex = createHash("sha256").update(key).digest("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    "-",
  );
}

const optional = (slot: number, type: ValueTypeName): readonly XmlNode[] => [{ slot, type, optional: true }];

/** The System part with the slots that Windows uses: 0 level … 16 channel, 17 the payload. */
function eventElement(
  spec: EvtxRecordSpec,
  isClassic: boolean,
  rendering: XmlElement | undefined,
): XmlElement {
  const source = spec.provider.eventSourceName;
  const provider: Array<readonly [string, readonly XmlNode[]]> = isClassic
    ? [["Name", [spec.provider.name]]]
    : [
        ["Name", optional(14, "string")],
        ["Guid", optional(15, "guid")],
      ];
  if (source !== undefined) provider.push(["EventSourceName", [source]]);
  const system: XmlElement[] = [
    { name: "Provider", attributes: provider },
    { name: "EventID", attributes: [["Qualifiers", optional(4, "uint16")]], children: optional(3, "uint16") },
    { name: "Version", children: optional(11, "uint8") },
    { name: "Level", children: optional(0, "uint8") },
    { name: "Task", children: optional(2, "uint16") },
    { name: "Opcode", children: optional(1, "uint8") },
    { name: "Keywords", children: optional(5, "hex64") },
    { name: "TimeCreated", attributes: [["SystemTime", optional(6, "filetime")]] },
    { name: "EventRecordID", children: optional(10, "uint64") },
    {
      name: "Correlation",
      attributes: [
        ["ActivityID", optional(7, "guid")],
        ["RelatedActivityID", optional(13, "guid")],
      ],
    },
    {
      name: "Execution",
      attributes: [
        ["ProcessID", optional(8, "uint32")],
        ["ThreadID", optional(9, "uint32")],
      ],
    },
    { name: "Channel", children: isClassic ? [spec.channel] : optional(16, "string") },
    { name: "Computer", children: [spec.computer] },
    { name: "Security", attributes: [["UserID", optional(12, "sid")]] },
  ];
  return {
    name: "Event",
    attributes: [["xmlns", [eventNamespace]]],
    children: [
      { name: "System", children: system },
      { slot: 17, type: "binxml", optional: true },
      ...(rendering === undefined ? [] : [rendering]),
    ],
  };
}

function systemValues(spec: EvtxRecordSpec): TypedValue[] {
  const isClassic = spec.qualifiers !== undefined;
  return [
    { type: "uint8", value: spec.level ?? 4 },
    { type: "uint8", value: spec.opcode ?? 0 },
    { type: "uint16", value: spec.task ?? 0 },
    { type: "uint16", value: spec.eventId },
    { type: "uint16", value: spec.qualifiers ?? null },
    { type: "hex64", value: spec.keywords ?? 0x8000000000000000n },
    { type: "filetime", value: spec.time },
    { type: "guid", value: spec.activityId ?? null },
    { type: "uint32", value: spec.processId ?? 0 },
    { type: "uint32", value: spec.threadId ?? 0 },
    { type: "uint64", value: spec.recordId },
    { type: "uint8", value: spec.version ?? 0 },
    { type: "sid", value: spec.userSid ?? null },
    { type: "guid", value: spec.relatedActivityId ?? null },
    { type: "string", value: isClassic ? null : spec.provider.name },
    { type: "guid", value: isClassic ? null : (spec.provider.guid ?? null) },
    { type: "string", value: isClassic ? null : spec.channel },
  ];
}

/** A value of System as the text that Windows renders it to. */
function asText(value: TypedValue): TypedValue {
  const { type, value: own } = value;
  if (own === null || type === "guid" || type === "sid" || type === "string") return value;
  if (type === "hex64") return { value: `0x${BigInt(own as bigint).toString(16)}` };
  if (type === "filetime") return { value: isoOf(own as bigint) };
  return { value: String(own) };
}

/** "2024-05-06T07:08:09.1234567Z" */
function isoOf(time: bigint): string {
  const ticks = time - 116_444_736_000_000_000n;
  const seconds = new Date(Number(ticks / 10_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(ticks % 10_000_000n).padStart(7, "0")}Z`;
}

function payload(spec: EvtxRecordSpec, template: TemplateSource): Fragment | null {
  const key = `${spec.provider.name}|${spec.eventId}|${spec.version ?? 0}|`;
  if (spec.userData !== undefined) return userDataFragment(spec.userData, key, template);
  const items = spec.eventData ?? [];
  if (items.length === 0 && spec.binary === undefined) return null;
  const isClassic = items.every(isUnnamedText);
  if (isClassic) return classicFragment(items, spec.binary ?? null, template);
  return namedFragment(items, key, template);
}

function isUnnamedText(item: EventDataItem): boolean {
  return item.name === undefined && (item.type ?? "string") === "string" && !Array.isArray(item.value);
}

/** One `<Data>` slot that holds all strings as an array, and `<Binary>`: what the classic EventLog service writes. */
function classicFragment(
  items: readonly EventDataItem[],
  binary: Uint8Array | null,
  template: TemplateSource,
): Fragment {
  const root: XmlElement = {
    name: "EventData",
    children: [
      { name: "Data", children: [{ slot: 0, type: "string", array: true, optional: true }] },
      { name: "Binary", children: optional(1, "binary") },
    ],
  };
  const texts = items.map((item) => String(item.value ?? ""));
  return {
    template: template("classic-data", () => root),
    values: [{ value: texts }, { type: "binary", value: binary }],
  };
}

function namedFragment(items: readonly EventDataItem[], key: string, template: TemplateSource): Fragment {
  const shape = items.map((item) => [item.name ?? null, item.type ?? "string", Array.isArray(item.value)]);
  const root = (): XmlElement => ({
    name: "EventData",
    children: items.map((item, slot) => ({
      name: "Data",
      ...(item.name === undefined ? {} : { attributes: [["Name", [item.name]] as const] }),
      children: [{ slot, type: item.type ?? "string", array: Array.isArray(item.value) }],
    })),
  });
  return {
    template: template(key + JSON.stringify(shape), root),
    values: items.map(terminated),
    header: false,
  };
}

/** Manifest providers count the NUL of a string in its size. */
function terminated({ type = "string", value }: Pick<EventDataItem, "type" | "value">): TypedValue {
  const isText = type === "string" && typeof value !== "object";
  return { type, value: isText ? `${value}\0` : value };
}

function userDataFragment(data: UserDataElement, key: string, template: TemplateSource): Fragment {
  const values: TypedValue[] = [];
  const convert = (element: UserDataElement): XmlElement => {
    const children: XmlNode[] = [];
    if (element.value !== undefined) {
      const type = element.type ?? "string";
      children.push({ slot: values.length, type, array: Array.isArray(element.value) });
      values.push(terminated({ type, value: element.value }));
    }
    for (const child of element.children ?? []) children.push(convert(child));
    const attributes = Object.entries(element.attributes ?? {}).map(
      ([name, text]) => [name, [text]] as const,
    );
    return { name: element.name, ...(attributes.length > 0 ? { attributes } : {}), children };
  };
  const root: XmlElement = { name: "UserData", children: [convert(data)] };
  return { template: template(key + JSON.stringify(root), () => root), values, header: false };
}
