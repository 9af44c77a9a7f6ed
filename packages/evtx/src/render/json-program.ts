import type { Instance } from "../binxml/instance.ts";
import type { Plan } from "../binxml/plan.ts";
import type { ElementNode } from "../binxml/tree.ts";
import { decodeScalar, type EvtxScalar, emptyFlag, valueType } from "../value/value.ts";
import type { KernelTemplate } from "./json-kernel.ts";
import { type Json, type JsonObject, rootMembers, toText } from "./json-value.ts";
import { Budget, OutputLimit, Placeholder, type Values } from "./render.ts";

/**
 * How instances of a plan become JSON, worked out once for all that have values of the same types in the same slots: the
 * general way (`json-value.ts`) is run with placeholders for values, and what it gives is cut at them. What is left for each
 * record is to write constant text and values in turn.
 */
export interface JsonProgram {
  /** State that each slot must have; -1 where it makes no difference. */
  readonly states: Int16Array;
  readonly steps: readonly JsonStep[];
  /** The text after the last value, in UTF-8. */
  readonly end: Uint8Array;
  /** Bytes that the text takes, without the values; each value takes at most `valueFactor` times its size. */
  readonly room: number;
  readonly valueFactor: number;
  /** Name of the root element. */
  readonly name: string;
}

export interface JsonStep {
  /** Constant text in UTF-8. */
  readonly text: Uint8Array;
  /** Of the value that follows the text. */
  readonly slot: number;
  /** Of the value; with the array flag: a list of such values. A fragment is written as the member that its root is. */
  readonly type: number;
  /** Of a fragment: the names that its root must not have. */
  readonly taken: ReadonlySet<string> | undefined;
}

export interface JsonPrograms {
  readonly list: JsonProgram[];
  /** Compilations that may still be tried: crafted records have other types each time. */
  left: number;
  /** Where the kernel has them. */
  template: KernelTemplate | undefined;
}

const encoder = new TextEncoder();
const programsMax = 16;
/** Bytes that a value may take beside its size: quotes, digits of short numbers. */
const valueRoom = 48;

/** The program for an instance; undefined when it needs the general way. */
export function programOf(instance: Instance): JsonProgram | undefined {
  const { plan } = instance;
  plan.json ??= { list: [], left: programsMax, template: undefined };
  const { list } = plan.json;
  for (let i = 0; i < list.length; i++) if (instance.hasStates(list[i]!.states)) return list[i];
  if (plan.json.left === 0) return undefined;
  plan.json.left--;
  const program = compile(plan, instance);
  if (program !== undefined) list.push(program);
  return program;
}

function compile(plan: Plan, instance: Instance): JsonProgram | undefined {
  if (plan.roots.length !== 1) return undefined;
  const states = new Map<number, number>();
  const writer = new StepWriter((slot) => states.get(slot)! & 0xff);
  try {
    const members = rootMembers(
      [placeholders(plan.roots, instance, states)],
      new Budget({ renderAllowance: Number.POSITIVE_INFINITY }),
    );
    if (members.size !== 1) return undefined;
    writer.members(members);
  } catch (error) {
    if (error instanceof OutputLimit) return undefined;
    throw error;
  }
  const end = writer.takeText();
  const { steps, room } = writer;
  const uses = new Map<number, number>();
  for (const { slot } of steps) uses.set(slot, (uses.get(slot) ?? 0) + 1);
  return {
    states: stateList(states),
    steps,
    end,
    room,
    valueFactor: 3 * Math.max(1, ...uses.values()),
    name: plan.roots[0]!.name,
  };
}

function stateList(states: ReadonlyMap<number, number>): Int16Array {
  const list = new Int16Array(Math.max(0, ...states.keys()) + 1).fill(-1);
  for (const [slot, state] of states) list[slot] = state;
  return list;
}

/** Values of which only the state is known; notes which were looked at. */
function placeholders(
  roots: readonly ElementNode[],
  instance: Instance,
  states: Map<number, number>,
): Values {
  const look = (slot: number): number => {
    let state = states.get(slot);
    if (state === undefined) {
      state = instance.stateOf(slot);
      states.set(slot, state);
    }
    return state;
  };
  return {
    plan: { roots },
    typeOf: (slot) => look(slot) & 0xff,
    isNull: (slot) => look(slot) === valueType.null,
    sizeOf: () => 0,
    value(slot) {
      const state = look(slot);
      const type = state & 0xff;
      if (type === valueType.null) return null;
      if (state >= emptyFlag) return decodeScalar(instance.bytes, type, 0, 0);
      // Code page text may turn out empty whatever its size.
      if (type === valueType.ansi || type === valueType.evtxml) throw new OutputLimit();
      return new Placeholder("value", slot);
    },
    items: (slot) => [new Placeholder("item", slot, 0), new Placeholder("item", slot, 1)],
    nested: (slot) => (look(slot) >= emptyFlag ? [] : [fragmentPlaceholder(slot)]),
  };
}

/** One fragment with one element; the name is not used. */
function fragmentPlaceholder(slot: number): Values {
  const content = [{ kind: "slot" as const, slot, isOptional: false, type: valueType.string }];
  const root = { kind: "element" as const, name: "", dependency: -1, attributes: [], isEmptyTag: false };
  return {
    plan: { roots: [{ ...root, content }] },
    typeOf: () => valueType.string,
    isNull: () => false,
    sizeOf: () => 0,
    value: () => new Placeholder("fragment", slot),
    items: () => [],
    nested: () => [],
  };
}

/** Cuts a JSON value at its placeholders. */
class StepWriter {
  readonly steps: JsonStep[] = [];
  room = 0;
  private text = "";
  private readonly typeOf: (slot: number) => number;

  constructor(typeOf: (slot: number) => number) {
    this.typeOf = typeOf;
  }

  members(object: JsonObject): void {
    let isFirst = true;
    for (const [key, value] of object) {
      if (!isFirst) this.text += ",";
      isFirst = false;
      if (value instanceof Placeholder && value.kind === "fragment") {
        this.step(value.slot, valueType.binxml, new Set(object.keys()));
      } else {
        this.text += `${JSON.stringify(key)}:`;
        this.value(value);
      }
    }
  }

  takeText(): Uint8Array {
    const text = encoder.encode(this.text);
    this.text = "";
    this.room += text.length;
    return text;
  }

  private value(value: Json): void {
    if (value instanceof Placeholder) {
      if (value.kind !== "value") throw new OutputLimit();
      this.step(value.slot, this.typeOf(value.slot), undefined);
    } else if (value instanceof Map) {
      this.text += "{";
      this.members(value);
      this.text += "}";
    } else if (Array.isArray(value)) this.list(value);
    else this.text += toText(value as EvtxScalar | bigint);
  }

  private list(items: readonly Json[]): void {
    const [first, second] = items;
    if (items.length === 2 && isItem(first, 0) && isItem(second, 1) && first.slot === second.slot) {
      this.step(first.slot, this.typeOf(first.slot), undefined);
      return;
    }
    if (items.length !== 1) this.text += "[";
    for (const [i, item] of items.entries()) {
      if (i > 0) this.text += ",";
      this.value(item);
    }
    if (items.length !== 1) this.text += "]";
  }

  private step(slot: number, type: number, taken: ReadonlySet<string> | undefined): void {
    const text = this.takeText();
    this.room += valueRoom;
    this.steps.push({ text, slot, type, taken });
  }
}

function isItem(value: Json | undefined, index: number): value is Placeholder {
  return value instanceof Placeholder && value.kind === "item" && value.index === index;
}
