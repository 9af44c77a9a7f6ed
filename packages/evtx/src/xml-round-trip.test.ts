import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Fragment,
  type Scalar,
  type TypedValue,
  type ValueTypeName,
  writeEvtx,
  type XmlElement,
  type XmlNode,
} from "../../../tools/evtx-writer/writer.ts";
import { parseExact, readAll, readOne, someGuid, someTime, spec } from "../test/logs.ts";

/** A value as it is written, and the text that it must be read as; undefined for NULL. */
interface Sample {
  readonly type: ValueTypeName;
  readonly value: Scalar;
  readonly text: string | undefined;
}

const sample = <T extends Scalar>(type: ValueTypeName, values: fc.Arbitrary<T>, text: (value: T) => string) =>
  values.map((value): Sample => ({ type, value, text: text(value) }));
const words = fc.string({
  unit: fc.constantFrom("a", "B", " ", "<", ">", "&", '"', "'", "é", "漢", "😀"),
  maxLength: 12,
});
const hex = (value: number | bigint) => `0x${value.toString(16)}`;
const samples: fc.Arbitrary<Sample> = fc.oneof(
  sample("string", words, String),
  sample("evtxml", words, String),
  sample("ansi", fc.string({ unit: fc.constantFrom("a", "Z", "é", "<"), maxLength: 9 }), String),
  sample("int8", fc.integer({ min: -128, max: 127 }), String),
  sample("int16", fc.integer({ min: -32_768, max: 32_767 }), String),
  sample("int32", fc.integer(), String),
  sample("uint64", fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), String),
  sample("int64", fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), String),
  sample("double", fc.constantFrom(0.5, -2, 1e300), (value) => (value === -2 ? "-2.0" : String(value))),
  sample("float", fc.constantFrom(0.5, 0.1), String),
  sample("bool", fc.boolean(), String),
  sample("binary", fc.uint8Array({ minLength: 1, maxLength: 9 }), (value) =>
    Buffer.from(value).toString("hex").toUpperCase(),
  ),
  sample("guid", fc.uuid(), (value) => `{${value}}`),
  sample("sid", fc.constantFrom("S-1-5-18", "S-1-5-21-1-2-3-500"), String),
  sample("filetime", fc.constant(someTime), () => "2024-05-06T07:08:09.1234567Z"),
  sample("systemtime", fc.constant(someTime), () => "2024-05-06T07:08:09.1230000Z"),
  sample("hex32", fc.integer({ min: 0, max: 4_294_967_295 }), hex),
  sample("hex64", fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), hex),
  sample("sizet", fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), hex),
  sample("evthandle", fc.integer({ min: 0, max: 4_294_967_295 }), hex),
  fc.constant<Sample>({ type: "null", value: null, text: undefined }),
);

/** Content before slots have their numbers. */
type Node =
  | string
  | { readonly element: Element }
  | { readonly sample: Sample; readonly optional: boolean }
  | { readonly list: readonly Sample[]; readonly type: ValueTypeName }
  | { readonly nested: readonly Element[] }
  | Extract<XmlNode, { cdata: string } | { charRef: number } | { entityRef: string } | { piTarget: string }>;

interface Element {
  readonly name: string;
  readonly attributes: ReadonlyArray<readonly [string, readonly Node[]]>;
  readonly children: readonly Node[];
}

const names = fc.constantFrom("A", "Data", "EventData", "b-2", "_x", "Ünïcode");
const marks: fc.Arbitrary<Node> = fc.constantFrom<Node>(
  { cdata: "a<b" },
  { charRef: 233 },
  { entityRef: "amp" },
  { piTarget: "t", piData: "d" },
);
const slots: fc.Arbitrary<Node> = fc.record({ sample: samples, optional: fc.boolean() });

/** Items stand side by side in an array, so that those without a fixed size cannot be in one; texts end with a NUL. */
const notInArrays: readonly ValueTypeName[] = ["evtxml", "binary", "null"];
const lists: fc.Arbitrary<Extract<Node, { list: unknown }>> = fc
  .array(samples, { minLength: 1, maxLength: 12 })
  .map((found) => {
    const [first] = found.filter(({ type }) => !notInArrays.includes(type));
    const type = first?.type ?? "string";
    return { type, list: found.filter((one) => one.type === type) };
  });

function elements(depth: number, hasSlots: boolean): fc.Arbitrary<Element> {
  const inner: fc.Arbitrary<Node>[] = [words, marks];
  if (hasSlots) inner.push(slots);
  const attribute = fc.tuple(
    names,
    fc.array(hasSlots ? fc.oneof(words, slots) : words, { minLength: 1, maxLength: 2 }),
  );
  if (depth > 0) {
    inner.push(elements(depth - 1, hasSlots).map((element) => ({ element })));
    if (hasSlots)
      inner.push(fc.array(elements(0, false), { minLength: 1, maxLength: 2 }).map((nested) => ({ nested })));
  }
  const mixed = fc.array(fc.oneof(...inner), { maxLength: 4 });
  const list = lists.map((one): Node[] => [one]);
  return fc.record({
    name: names,
    attributes: fc.uniqueArray(attribute, { maxLength: 2, selector: ([name]) => name }),
    children: hasSlots ? fc.oneof({ weight: 5, arbitrary: mixed }, { weight: 1, arbitrary: list }) : mixed,
  });
}

/** As the writer takes it; values are appended. */
function written({ name, attributes, children }: Element, values: TypedValue[]): XmlElement {
  const slot = (value: TypedValue, more: object): XmlNode => {
    values.push(value);
    return { slot: values.length - 1, type: value.type ?? "string", ...more };
  };
  const node = (one: Node): XmlNode => {
    if (typeof one === "string") return one;
    if ("element" in one) return written(one.element, values);
    if ("sample" in one)
      return slot({ type: one.sample.type, value: one.sample.value }, { optional: one.optional });
    if ("list" in one) {
      const items = one.list.map(({ value }) => value);
      return slot({ type: one.type, value: items }, { array: true });
    }
    if ("nested" in one) {
      const parts = one.nested.map((element) => ({ element: written(element, []) }));
      return slot({ type: "binxml", value: { parts } }, {});
    }
    return one;
  };
  return {
    name,
    attributes: attributes.map(([key, content]) => [key, content.map(node)]),
    children: children.map(node),
  };
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const quoted = (text: string) => escaped(text).replaceAll('"', "&quot;").replaceAll("'", "&apos;");
const plain = (node: Node) =>
  typeof node === "string" ? node : "sample" in node ? (node.sample.text ?? "") : "";

/** The XML that an element must become, worked out from what it is made of. */
function expected({ name, attributes, children }: Element): string {
  const optional = children.find((one) => typeof one === "object" && "sample" in one && one.optional);
  if (optional !== undefined && (optional as { sample: Sample }).sample.text === undefined) return "";
  const tag = attributes
    .map(([key, content]) => [key, content.map(plain).join("")])
    .filter(([, text]) => text !== "")
    .map(([key, text]) => ` ${key}="${quoted(text!)}"`)
    .join("");
  if (children.length === 0) return `<${name}${tag}/>`;
  const whole = (content: string) => `<${name}${tag}>${content}</${name}>`;
  const [only] = children;
  if (typeof only === "object" && "list" in only)
    return only.list.length === 0
      ? whole("")
      : only.list.map(({ text }) => whole(escaped(text ?? ""))).join("");
  return whole(children.map(content).join(""));
}

function content(node: Node): string {
  if (typeof node === "string" || "sample" in node) return escaped(plain(node));
  if ("element" in node) return expected(node.element);
  if ("nested" in node) return node.nested.map(expected).join("");
  if ("cdata" in node) return `<![CDATA[${node.cdata}]]>`;
  if ("charRef" in node) return `&#${node.charRef};`;
  if ("entityRef" in node) return `&${node.entityRef};`;
  return "piTarget" in node ? `<?${node.piTarget} ${node.piData}?>` : "";
}

const root = (children: readonly Element[]): Element => ({
  name: "Event",
  attributes: [],
  children: children.map((element) => ({ element })),
});

describe("what is written comes back as XML", () => {
  test("records of a template, with slots of every type, lists and nested fragments", () => {
    fc.assert(
      fc.property(fc.array(elements(2, true), { minLength: 1, maxLength: 3 }), (children) => {
        const values: TypedValue[] = [];
        const template = { guid: someGuid, root: written(root(children), values) };
        const fragment: Fragment = { template, values };
        const records = readAll(
          writeEvtx([1, 2].map((recordId) => ({ recordId, time: someTime, fragment }))),
        );
        expect(records.map((record) => record.toXML())).toEqual(Array(2).fill(expected(root(children))));
        for (const record of records) expect(parseExact(record.jsonText())).toEqual(record.toJSON());
      }),
      { numRuns: 200 },
    );
  });

  test("records without a template, of one element or several", () => {
    fc.assert(
      fc.property(fc.array(elements(2, false), { minLength: 1, maxLength: 3 }), (list) => {
        const parts = list.map((element) => ({ element: written(element, []) }));
        const [record] = readAll(writeEvtx([{ recordId: 1, time: someTime, fragment: { parts } }]));
        expect(record!.toXML()).toBe(list.map(expected).join(""));
      }),
      { numRuns: 100 },
    );
  });
});

test("a forwarded event: values of System as text, and what the collector renders", () => {
  const record = readOne(
    spec({
      isText: true,
      eventData: [{ name: "TargetUserName", value: "m.keller" }],
      rendering: {
        culture: "en-US",
        message: "An account was logged on.",
        level: "Information",
        keywords: ["Audit Success", "Classic"],
      },
    }),
  );
  expect([record.get("EventID"), record.get("Level"), record.eventId]).toEqual(["4624", "4", 4624]);
  expect([record.timeCreated, record.createdInstant]).toEqual([
    "2024-05-06T07:08:09.1234567Z",
    { ms: Date.UTC(2024, 4, 6, 7, 8, 9, 123), ns: 456_700 },
  ]);
  expect(record.get("RenderingInfo.Message")).toBe("An account was logged on.");
  expect(record.get("EventData.TargetUserName")).toBe("m.keller");
  expect(record.toXML()).toContain(
    '<RenderingInfo Culture="en-US"><Message>An account was logged on.</Message><Level>Information</Level>',
  );
  expect(record.toXML()).toContain(
    "<Keywords><Keyword>Audit Success</Keyword><Keyword>Classic</Keyword></Keywords>",
  );
});

test("an array of code page texts", () => {
  const fragment: Fragment = {
    template: { guid: someGuid, root: { name: "A", children: [{ slot: 0, type: "ansi", array: true }] } },
    values: [{ type: "ansi", value: ["a", "é", ""] }],
  };
  const [record] = readAll(writeEvtx([{ recordId: 1, time: someTime, fragment }]));
  expect(record!.toXML()).toBe("<A>a</A><A>é</A><A></A>");
});
