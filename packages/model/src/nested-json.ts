import type { FieldValue } from "./event.ts";

/** Text pieces and the places of values between them: `parts[0] value[order[0]] parts[1] …`. */
interface Plan {
  readonly parts: readonly string[];
  readonly order: readonly number[];
}

/** A name after the names before it. */
interface Step {
  readonly next: Map<string, Step>;
  /** Where this name ends the set. */
  plan: Plan | undefined;
}

/** Names come from evidence: from this many remembered steps on, all are forgotten. */
const maxSteps = 50_000;
const newStep = (): Step => ({ next: new Map(), plan: undefined });
let root = newStep();
let steps = 0;

/**
 * The JSON text of flat fields as nested objects: what `JSON.stringify(nestFields(…))` gives of all maps together, the last
 * value of a name at its first place. Events of one format share few sets of names: for each a plan is made once, with the
 * text between the values and their nested order.
 */
export function nestedJson(...maps: readonly Readonly<Record<string, FieldValue>>[]): string {
  let step = root;
  const values: FieldValue[] = [];
  for (const fields of maps) {
    for (const name in fields) {
      let next = step.next.get(name);
      if (next === undefined) {
        next = newStep();
        step.next.set(name, next);
        steps++;
      }
      step = next;
      values.push(fields[name]!);
    }
  }
  step.plan ??= planOf(maps.flatMap((fields) => Object.keys(fields)));
  const { parts, order } = step.plan;
  let text = parts[0]!;
  for (let i = 0; i < order.length; i++) text += valueText(values[order[i]!]!) + parts[i + 1]!;
  if (steps > maxSteps) {
    root = newStep();
    steps = 0;
  }
  return text;
}

// oxlint-disable-next-line no-control-regex -- these are the characters that JSON escapes
const escaped = /["\\\u0000-\u001f\ud800-\udfff]/;

function valueText(value: FieldValue): string {
  if (typeof value === "string") return escaped.test(value) ? JSON.stringify(value) : `"${value}"`;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : JSON.stringify(value);
}

type Node = Map<string, Node | number>;

/** The nested order of names: an object stands where its first name stood; a value beside members is called "value". */
function planOf(names: readonly string[]): Plan {
  const top: Node = new Map();
  for (const [i, name] of names.entries()) place(top, name.split("."), i);
  const parts: string[] = [];
  const order: number[] = [];
  let text = "";
  const write = (node: Node) => {
    text += "{";
    let isFirst = true;
    for (const [key, child] of sortedLikeObject(node)) {
      text += `${isFirst ? "" : ","}${JSON.stringify(key)}:`;
      isFirst = false;
      if (typeof child === "number") {
        parts.push(text);
        order.push(child);
        text = "";
      } else write(child);
    }
    text += "}";
  };
  write(top);
  parts.push(text);
  return { parts, order };
}

function place(top: Node, keys: readonly string[], index: number): void {
  let node = top;
  for (const key of keys.slice(0, -1)) {
    const next = node.get(key);
    if (next instanceof Map) node = next;
    else {
      const made: Node = new Map();
      if (next !== undefined) made.set("value", next);
      node.set(key, made);
      node = made;
    }
  }
  const leaf = keys.at(-1)!;
  const present = node.get(leaf);
  if (present instanceof Map) present.set("value", index);
  else node.set(leaf, index);
}

/** JavaScript objects list keys that are array indices first, in order of number. */
function sortedLikeObject(node: Node): [string, Node | number][] {
  const entries = [...node];
  const isIndex = (key: string) => /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
  const indices = entries.filter(([key]) => isIndex(key)).sort((a, b) => Number(a[0]) - Number(b[0]));
  return indices.length === 0 ? entries : [...indices, ...entries.filter(([key]) => !isIndex(key))];
}
