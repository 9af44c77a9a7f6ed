/** What can be written: records as their provider would state them, or as any tree of binary XML. */

/** Names of the value types of binary XML ([MS-EVEN6] 2.2.12, libevtx "value types"). */
export type ValueTypeName = keyof typeof valueTypeIds;

export const valueTypeIds = {
  null: 0x00,
  string: 0x01,
  ansi: 0x02,
  int8: 0x03,
  uint8: 0x04,
  int16: 0x05,
  uint16: 0x06,
  int32: 0x07,
  uint32: 0x08,
  int64: 0x09,
  uint64: 0x0a,
  float: 0x0b,
  double: 0x0c,
  bool: 0x0d,
  binary: 0x0e,
  guid: 0x0f,
  sizet: 0x10,
  filetime: 0x11,
  systemtime: 0x12,
  sid: 0x13,
  hex32: 0x14,
  hex64: 0x15,
  evthandle: 0x20,
  binxml: 0x21,
  evtxml: 0x23,
} as const;

export type Scalar = string | number | bigint | boolean | Uint8Array | null;

/**
 * A value of a slot. An array is written as an array value (type | 0x80). Type "string" when absent.
 * A sizet has 8 bytes; one of 4 is stated as bytes. Text forms: guid "12345678-ABCD-...", sid "S-1-5-18", filetime and systemtime a FILETIME as bigint (100 ns since 1601).
 * A Uint8Array is written as it is whatever the type, so that malformed values can be made.
 */
export interface TypedValue {
  readonly type?: ValueTypeName;
  readonly value: Scalar | readonly Scalar[] | Fragment;
}

/** Content of an element or an attribute. A string is a text value token. */
export type XmlNode =
  | string
  | XmlElement
  | {
      readonly slot: number;
      readonly type: ValueTypeName;
      readonly array?: boolean;
      readonly optional?: boolean;
    }
  | { readonly value: Scalar; readonly type: ValueTypeName }
  | { readonly cdata: string }
  | { readonly charRef: number }
  | { readonly entityRef: string }
  | { readonly piTarget: string; readonly piData: string };

export interface XmlElement {
  readonly name: string;
  readonly attributes?: ReadonlyArray<readonly [name: string, content: readonly XmlNode[]]>;
  readonly children?: readonly XmlNode[];
  /** Slot whose null value drops the element; its direct optional content when absent. 0xFFFF: none. */
  readonly dependency?: number;
}

/**
 * A fragment of binary XML: an element stated directly, an instance of a template with its values, or several of them side by
 * side.
 */
export type Fragment =
  | { readonly parts: readonly Fragment[] }
  | { readonly element: XmlElement; readonly header?: boolean }
  | { readonly template: Template; readonly values: readonly TypedValue[]; readonly header?: boolean };

export interface Template {
  /** Text form without braces; its first part is the template id. */
  readonly guid: string;
  readonly root: XmlElement;
}

/** An element of UserData: `value` becomes a slot of the nested template, `attributes` are constant. */
export interface UserDataElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly type?: ValueTypeName;
  readonly value?: Scalar | readonly Scalar[];
  readonly children?: readonly UserDataElement[];
}

export interface EventDataItem {
  /** Absent: a legacy `<Data>` without a name. */
  readonly name?: string;
  /** "string" when absent. */
  readonly type?: ValueTypeName;
  readonly value: Scalar | readonly Scalar[];
}

export interface EvtxRecordSpec {
  readonly recordId: bigint | number;
  /** FILETIME: 100 ns since 1601-01-01 UTC. See `filetimeOf`. */
  readonly time: bigint;
  readonly provider: { readonly name: string; readonly guid?: string; readonly eventSourceName?: string };
  readonly eventId: number;
  /** Given: the record is written as the classic EventLog service does (provider constant in the template). */
  readonly qualifiers?: number;
  readonly version?: number;
  /** 4 (information) when absent. */
  readonly level?: number;
  readonly task?: number;
  readonly opcode?: number;
  readonly keywords?: bigint;
  readonly channel: string;
  readonly computer: string;
  readonly processId?: number;
  readonly threadId?: number;
  readonly userSid?: string;
  readonly activityId?: string;
  readonly relatedActivityId?: string;
  readonly eventData?: readonly EventDataItem[];
  /** The `<Binary>` of a classic record. */
  readonly binary?: Uint8Array;
  readonly userData?: UserDataElement;
  /** What a collector adds to a forwarded event: its texts in the language of the source. */
  readonly rendering?: Rendering;
  /** The values of System are written as text, as some forwarders do. */
  readonly isText?: boolean;
}

export interface Rendering {
  /** "en-US" */
  readonly culture: string;
  readonly message: string;
  readonly level?: string;
  readonly task?: string;
  readonly opcode?: string;
  readonly channel?: string;
  readonly provider?: string;
  readonly keywords?: readonly string[];
}

/** A record whose whole content is stated by the caller. */
export interface RawRecordSpec {
  readonly recordId: bigint | number;
  readonly time: bigint;
  readonly fragment: Fragment;
}

export interface WriteOptions {
  /** Flags of the file header: 1 dirty, 2 full. */
  readonly flags?: number;
  /** Start a new chunk after this many records even if there is room. */
  readonly recordsPerChunk?: number;
  /** Minor version of the format: 2 since Windows 10 2004. 1 when absent. */
  readonly minorVersion?: 1 | 2;
}

/** FILETIME of an instant: `filetimeOf(Date.UTC(2024, 0, 2))`, or of an ISO text with up to seven fraction digits. */
export function filetimeOf(instant: number | string): bigint {
  if (typeof instant === "number") return BigInt(Math.round(instant)) * 10_000n + 116_444_736_000_000_000n;
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/.exec(instant);
  if (match === null) throw new RangeError(`not an ISO instant in UTC: ${instant}`);
  const ticks = BigInt((match[2] ?? "").padEnd(7, "0"));
  return BigInt(Date.parse(`${match[1]}Z`)) * 10_000n + ticks + 116_444_736_000_000_000n;
}
