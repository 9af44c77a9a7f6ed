import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent } from "js-yaml";

/** Rule files come from anywhere; a bomb must cost no more than a diagnostic. */
export const depthMax = 40;
const nodesMax = 100_000;

/** What keeps a document from being values; `offset` is into its text. */
export class YamlFault extends Error {
  readonly code: string;
  readonly offset: number;
  constructor(code: string, message: string, offset: number) {
    super(message);
    this.code = code;
    this.offset = offset;
  }
}

/** A value, how many values it holds with itself, and how deep they go. */
interface Node {
  readonly value: unknown;
  readonly nodes: number;
  readonly depth: number;
}

/**
 * The value of one document as plain objects, arrays and scalars, with bounds on depth and on nodes counted after aliases
 * are followed. Throws YamlFault.
 */
export function composedValue(text: string, events: readonly Event[]): unknown {
  const anchors = new Map<string, Node>();
  let at = 1;
  let total = 0;

  const counted = (event: Event, node: Node): Node => {
    total += node.nodes;
    if (total > nodesMax) {
      const message = `The document has more than ${nodesMax} values, aliases followed.`;
      throw new YamlFault("yaml-too-large", message, offsetOfEvent(event));
    }
    return node;
  };
  const node = (depth: number): Node => {
    const event = events[at++]!;
    if (depth > depthMax) throw tooDeep(offsetOfEvent(event));
    let made: Node;
    if (event.type === EVENT_ID.ALIAS) {
      const name = text.slice(event.anchorStart, event.anchorEnd);
      const target = anchors.get(name);
      if (target === undefined)
        throw new YamlFault("yaml-syntax", `There is no anchor &${name}.`, event.anchorStart);
      if (depth + target.depth > depthMax) throw tooDeep(event.anchorStart);
      return counted(event, target);
    }
    if (event.type === EVENT_ID.SCALAR) {
      made = counted(event, { value: scalarValue(text, event), nodes: 1, depth: 0 });
    } else {
      counted(event, { value: undefined, nodes: 1, depth: 0 });
      made = event.type === EVENT_ID.SEQUENCE ? sequence(depth) : mapping(depth);
      at++;
    }
    if ("anchorStart" in event && event.anchorStart !== -1)
      anchors.set(text.slice(event.anchorStart, event.anchorEnd), made);
    return made;
  };
  const sequence = (depth: number): Node => {
    const value: unknown[] = [];
    const size = { nodes: 1, depth: 0 };
    while (events[at]!.type !== EVENT_ID.POP) value.push(grow(size, node(depth + 1)));
    return { value, ...size };
  };
  const mapping = (depth: number): Node => {
    const value: Record<string, unknown> = {};
    const size = { nodes: 1, depth: 0 };
    while (events[at]!.type !== EVENT_ID.POP) {
      const key = events[at++]!;
      if (key.type !== EVENT_ID.SCALAR)
        throw new YamlFault("yaml-key", "A key must be plain text.", offsetOfEvent(key));
      const name = getScalarValue(text, key);
      if (Object.hasOwn(value, name)) {
        throw new YamlFault(
          "duplicate-key",
          `The key ${JSON.stringify(name)} occurs twice.`,
          offsetOfEvent(key),
        );
      }
      set(value, name, grow(size, node(depth + 1)));
    }
    return { value, ...size };
  };
  return node(0).value;
}

function tooDeep(offset: number): YamlFault {
  return new YamlFault("yaml-too-deep", `The document is nested over ${depthMax} deep.`, offset);
}

function grow(size: { nodes: number; depth: number }, child: Node): unknown {
  size.nodes += child.nodes;
  size.depth = Math.max(size.depth, child.depth + 1);
  return child.value;
}

/** A key named "__proto__" is a key like others. */
function set(map: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") map[name] = value;
  else Object.defineProperty(map, name, { value, enumerable: true, configurable: true, writable: true });
}

/** A scalar of the core schema (YAML 1.2.2 section 10.3.2). */
function scalarValue(text: string, event: ScalarEvent): unknown {
  const written = getScalarValue(text, event);
  const tag = event.tagStart === -1 ? "" : text.slice(event.tagStart, event.tagEnd);
  const isPlain = tag === "" ? event.style === SCALAR_STYLE.PLAIN : /^!!(?:null|bool|int|float)$/.test(tag);
  return isPlain ? plainValue(written) : written;
}

function plainValue(written: string): unknown {
  switch (written) {
    case "":
    case "~":
    case "null":
    case "Null":
    case "NULL":
      return null;
    case "true":
    case "True":
    case "TRUE":
      return true;
    case "false":
    case "False":
    case "FALSE":
      return false;
  }
  if (/^0(?:o[0-7]{1,20}|x[\da-fA-F]{1,20})$/.test(written)) return Number(written);
  // A number keeps its meaning as text: "1.0", "007" and integers beyond 2^53 stay as written.
  const number = /^[-\d]/.test(written) ? Number(written) : Number.NaN;
  return String(number) === written && Number.isFinite(number) ? number : written;
}

/** Where a node begins; -1 when nothing is written. */
export function offsetOfEvent(event: Event): number {
  switch (event.type) {
    case EVENT_ID.SCALAR: {
      const isQuoted =
        event.style === SCALAR_STYLE.SINGLE_QUOTED || event.style === SCALAR_STYLE.DOUBLE_QUOTED;
      return isQuoted ? event.valueStart - 1 : event.valueStart;
    }
    case EVENT_ID.ALIAS:
      return event.anchorStart;
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING:
      return event.start;
    default:
      return -1;
  }
}
