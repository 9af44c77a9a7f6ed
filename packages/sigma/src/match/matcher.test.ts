import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import {
  type EventSource,
  type FieldValue,
  flatEvent,
  type RecordedValues,
  recordedPlaces,
  type SigmaEvent,
} from "../event.ts";
import { loadRules } from "../load/rules.ts";
import { defaultTaxonomy } from "../taxonomy/default.ts";
import { explain } from "./explain.ts";
import { compileMatcher } from "./matcher.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "C", "é"), maxLength: 4 });
const modifier = fc.constantFrom(
  "",
  "|contains",
  "|startswith",
  "|endswith",
  "|cased",
  "|contains|all",
  "|neq",
  "|contains|windash",
  "|re",
);
const field = fc.constantFrom("A", "B");
const values = fc.array(fc.oneof(word, fc.constantFrom("*", "a?", "a*b", "-a /b")), {
  minLength: 1,
  maxLength: 4,
});
const item = fc.tuple(field, modifier, values).map(([name, mods, list]) => {
  const safe = mods === "|re" ? list.map((text) => text.replaceAll(/[*?]/g, ".")) : list;
  return [`${name}${mods}`, safe] as const;
});
const selection = fc.oneof(
  fc.array(item, { minLength: 1, maxLength: 3 }).map((items) => Object.fromEntries(items)),
  values,
  fc.array(
    item.map(([key, list]) => ({ [key]: list })),
    { minLength: 1, maxLength: 3 },
  ),
);
const condition = fc.constantFrom(
  "x",
  "x and y",
  "x or y",
  "x and not y",
  "not x",
  "1 of them",
  "all of them",
  "not (x or y)",
);
const rule = fc.record({ x: selection, y: selection, condition });
const eventValue = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "C", "É", "-", "/", " "), maxLength: 6 }),
  fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 3 }), { maxLength: 3 }),
);
const events = fc.array(fc.dictionary(field, eventValue, { maxKeys: 2 }), { minLength: 1, maxLength: 8 });

test("the matcher says of every event what plain evaluation says", () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), events, (rules, fields) => {
      const sources = rules.map((detection, at) => ({
        path: `${at}.yml`,
        text: stringify({ title: "R", id: `r${at}`, logsource: { category: "test" }, detection }),
      }));
      const set = loadRules(sources);
      const matcher = compileMatcher(set, defaultTaxonomy);
      for (const each of [...fields, ...fields]) {
        const event = flatEvent(each, { categories: ["test"] });
        const expected = set.rules.filter((one) => explain(one, event, defaultTaxonomy).matches);
        expect(matcher.match(event).map((match) => match.rule.id)).toEqual(expected.map(({ id }) => id));
      }
    }),
    { numRuns: 400 },
  );
});

/** The event as a log holds it: texts are not decoded before they are asked for, "A" stands at place 0 and "B" at place 1. */
function recordedEvent(fields: Record<string, FieldValue>, source: EventSource): SigmaEvent {
  const event = flatEvent(fields, source);
  const texts = Object.values(fields).filter((value) => typeof value === "string");
  const bytes = Buffer.from(`${texts.join("")}.`, "utf16le");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = { view, at: 0, count: 0 };
  const keyAt = ["A", "B"];
  const point = (value: string) => {
    text.at = 2 * texts.slice(0, texts.indexOf(value)).join("").length;
    text.count = value.length;
    return text;
  };
  const recorded: RecordedValues = {
    layout: {},
    placeOf: (keys) => {
      const key = keys.find((one) => fields[one] !== undefined);
      return key === undefined ? recordedPlaces.absent : keyAt.indexOf(key);
    },
    textAt: (place) => {
      const value = fields[keyAt[place]!];
      if (typeof value === "string") point(value);
      return typeof value === "string";
    },
    text,
    raw: Object.values(fields).every((value) => typeof value === "string")
      ? { view, from: 0, end: bytes.length - 2, fixed: [] }
      : undefined,
    decodeAt: (place) => String(fields[keyAt[place]!]),
    forEach: (onText, onValue) => {
      for (const value of Object.values(fields)) {
        if (typeof value === "string") onText(point(value));
        else for (const item of value as string[]) onValue(item);
      }
    },
  };
  return { ...event, recorded };
}

test("the matcher says of events that are not decoded what it says of the decoded ones", () => {
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), events, (rules, fields) => {
      const sources = rules.map((detection, at) => ({
        path: `${at}.yml`,
        text: stringify({ title: "R", id: `r${at}`, logsource: { category: "test" }, detection }),
      }));
      const set = loadRules(sources);
      const [plain, lazy] = [compileMatcher(set, defaultTaxonomy), compileMatcher(set, defaultTaxonomy)];
      const source = { categories: ["test"] };
      for (const each of fields) {
        const expected = plain.match(flatEvent(each, source)).map((match) => match.rule.id);
        expect(lazy.match(recordedEvent(each, source)).map((match) => match.rule.id)).toEqual(expected);
      }
    }),
    { numRuns: 400 },
  );
});

test("guards that let rules through in vain are chosen anew, and nothing that matches changes", () => {
  const text = (id: string, detection: object) =>
    JSON.stringify({ title: id, id, logsource: { category: "test" }, detection });
  // The longer text is in every event; only counting tells.
  const common = { "A|contains": ["a long text that is in each and every event", "no such text"] };
  const set = loadRules([
    { path: "1", text: text("both", { x: { ...common, "B|contains": "rare" }, condition: "x" }) },
    { path: "2", text: text("either", { x: common, y: { "B|endswith": "7" }, condition: "x and y" }) },
    {
      path: "3",
      text: text("within", {
        x: { ...common, "B|startswith": "9" },
        y: { B: "rare" },
        condition: "x or y",
      }),
    },
  ]);
  const matcher = compileMatcher(set, defaultTaxonomy);
  const source = { categories: ["test"] };
  for (let at = 0; at < 5000; at++) {
    const fields = {
      A: `${at}: a long text that is in each and every event`,
      B: at % 1000 === 5 ? "rare" : String(at),
    };
    const event = at % 2 === 0 ? flatEvent(fields, source) : recordedEvent(fields, source);
    const expected = [
      ...(fields.B === "rare" ? ["both"] : []),
      ...(fields.B.endsWith("7") ? ["either"] : []),
      ...(fields.B === "rare" || fields.B.startsWith("9") ? ["within"] : []),
    ];
    expect(matcher.match(event).map((match) => match.rule.id)).toEqual(expected);
  }
});

const office = `title: Office starts a shell
id: office
logsource: {product: windows, category: process_creation}
detection:
  parent: {ParentImage|endswith: ['\\winword.exe', '\\excel.exe']}
  child: {Image|endswith: '\\cmd.exe'}
  known: {CommandLine|contains: addin}
  condition: parent and child and not known
`;
const source = { channel: "Microsoft-Windows-Sysmon/Operational", eventId: 1 };
const started = {
  "winlog.event_data.ParentImage": "C:\\Office\\WINWORD.EXE",
  "winlog.event_data.Image": "C:\\Windows\\cmd.exe",
  "winlog.event_data.CommandLine": "cmd /c dir",
};

describe("what a match tells", () => {
  const set = loadRules([{ path: "office.yml", text: office }]);
  const matcher = compileMatcher(set, defaultTaxonomy);

  test("fields and values that matched, and any field by its Sigma name", () => {
    const [match] = matcher.match(flatEvent(started, source));
    expect(match!.rule.id).toBe("office");
    expect(match!.matched).toEqual({ ParentImage: "C:\\Office\\WINWORD.EXE", Image: "C:\\Windows\\cmd.exe" });
    expect(match!.get("CommandLine")).toBe("cmd /c dir");
    expect(match!.get("User")).toBeUndefined();
  });

  test("an explanation says which part failed", () => {
    const event = flatEvent({ ...started, "winlog.event_data.CommandLine": "cmd /c addin" }, source);
    const explanation = explain(set.rules[0]!, event, defaultTaxonomy);
    expect(explanation.matches).toBe(false);
    const parts = explanation.condition!.parts;
    expect(parts.map(({ selection, matches }) => [selection, matches])).toEqual([
      ["parent", true],
      ["child", true],
      [undefined, false],
    ]);
    expect(parts[2]!.parts[0]).toMatchObject({
      selection: "known",
      field: "CommandLine",
      asks: ['contains "addin"'],
      value: "cmd /c addin",
    });
  });

  test("an explanation says that the source does not fit", () => {
    const event = flatEvent(started, { channel: "Security", eventId: 4624 });
    expect(explain(set.rules[0]!, event, defaultTaxonomy)).toEqual({ matches: false, sourceFits: false });
  });

  test("candidates are counted per source", () => {
    expect(matcher.candidateCount(source)).toBe(1);
    expect(matcher.candidateCount({ channel: "Security", eventId: 4688 })).toBe(1);
    expect(matcher.candidateCount({ channel: "Security", eventId: 4624 })).toBe(0);
  });

  test("many sources do not fill the memory", () => {
    for (let at = 0; at < 45_000; at++) matcher.candidateCount({ channel: `Made up ${at}`, eventId: at });
    expect(matcher.match(flatEvent(started, source))).toHaveLength(1);
  });
});

test("keywords found are named", () => {
  const text =
    "title: K\nid: k\nlogsource: {category: test}\ndetection:\n  k: ['|all'  , x]\n  condition: k\n";
  const all = text.replace("k: ['|all'  , x]", "k: {'|all': [fail, root]}");
  const matcher = compileMatcher(loadRules([{ path: "k.yml", text: all }]), defaultTaxonomy);
  const [match] = matcher.match(flatEvent({ message: "FAILED for root" }, { categories: ["test"] }));
  expect(match!.matched).toEqual({ keyword: "fail, root" });
});
