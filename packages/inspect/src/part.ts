import { LimitReached } from "./limits.ts";
import type { Note, ObservableType, PartKind, PartReport, Place, Reason } from "./result.ts";
import type { Run } from "./run.ts";
import { type SignId, signOf } from "./signs/catalog.ts";

/** Different details of one sign that a part tells one by one; the rest is counted in a note. */
const detailsMax = 20;
const detailChars = 300;

export interface FoundObservable {
  type: ObservableType;
  value: string;
  where: Place;
  count: number;
}

export interface ChildOptions {
  kind: PartKind;
  /** Its type where the container knows it better than the bytes show. */
  typeId?: string;
  /** Kept as `source` in the report. */
  source?: string;
}

/** A place in a part, or in a piece of it that is no part of its own. */
export interface At {
  member?: string;
  offset?: number;
  line?: number;
}

/** Examines one part; set by inspect.ts, which knows all analysers. */
export type InspectPart = (part: Part) => Promise<PartReport>;

/** One part under examination: its bytes, and what is told about it. Analysers only add. */
export class Part {
  readonly features = new Set<string>();
  readonly details: Record<string, unknown> = {};
  readonly notes: Note[] = [];
  readonly observables = new Map<string, FoundObservable>();
  readonly parts: PartReport[] = [];
  readonly hashes: { imphash?: string } = {};
  source?: string;
  readonly #reasons = new Map<string, { reason: Reason; count: number }>();
  readonly #perSign = new Map<SignId, number>();
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly kind: PartKind;
  readonly depth: number;
  readonly run: Run;
  readonly typeId: string | undefined;
  readonly #inspect: InspectPart;

  constructor(
    place: { name: string; path: string; depth: number },
    bytes: Uint8Array,
    run: Run,
    inspect: InspectPart,
    options: ChildOptions,
  ) {
    this.name = place.name;
    this.path = place.path;
    this.depth = place.depth;
    this.bytes = bytes;
    this.run = run;
    this.#inspect = inspect;
    this.kind = options.kind;
    this.typeId = options.typeId;
    if (options.source !== undefined) this.source = options.source;
  }

  /** Tells a sign. `detail` is quoted evidence; `at` its place in this part. */
  sign(id: SignId, detail = "", at: At = {}): void {
    const { words, weight, aspect, techniques = [] } = signOf(id);
    const told = clip(detail);
    const key = `${id}\0${told}`;
    const known = this.#reasons.get(key);
    if (known !== undefined) {
      known.count++;
      return;
    }
    const number = (this.#perSign.get(id) ?? 0) + 1;
    this.#perSign.set(id, number);
    if (number > detailsMax) return;
    const reason: Reason = {
      what: id,
      words: told === "" ? words : `${words}: ${told}`,
      weight,
      aspect,
      where: this.#place(at),
      techniques,
    };
    this.#reasons.set(key, { reason, count: 1 });
  }

  hasSign(id: SignId): boolean {
    return this.#perSign.has(id);
  }

  /** Something was not examined. `leavesOpen`: what can act may lie there. */
  note(code: string, words: string, leavesOpen: boolean, at: At = {}): void {
    if (this.notes.some((note) => note.code === code && note.words === words)) return;
    this.notes.push({ code, words, where: this.#place(at), leavesOpen });
  }

  observe(type: ObservableType, value: string, at: At = {}): void {
    const key = `${type}\0${value}`;
    const known = this.observables.get(key);
    if (known !== undefined) known.count++;
    else this.observables.set(key, { type, value, where: this.#place(at), count: 1 });
  }

  /** Examines bytes found inside this part. Its limits end it, not this part. */
  async child(name: string, bytes: Uint8Array, options: ChildOptions): Promise<PartReport | undefined> {
    const label = name.length > detailChars ? `${name.slice(0, detailChars)}…` : name;
    const path = `${this.path}!/${label}`;
    if (this.depth >= this.run.budget.limits.depth) {
      this.note(
        "depth-limit",
        `${label} lies deeper than ${this.run.budget.limits.depth} levels and is not examined`,
        true,
      );
      return undefined;
    }
    try {
      this.run.budget.addPart(bytes.length);
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      this.note(error.code, `${error.message}; what follows is not examined`, true);
      return undefined;
    }
    const part = new Part(
      { name: label, path, depth: this.depth + 1 },
      bytes,
      this.run,
      this.#inspect,
      options,
    );
    const report = await this.#inspect(part);
    this.parts.push(report);
    for (const found of part.observables.values()) this.#adopt(found);
    return report;
  }

  #place({ member, ...at }: At): Place {
    return { part: member === undefined ? this.path : `${this.path}!/${member}`, ...at };
  }

  #adopt(found: FoundObservable): void {
    const key = `${found.type}\0${found.value}`;
    const known = this.observables.get(key);
    if (known !== undefined) known.count += found.count;
    else this.observables.set(key, found);
  }

  reasons(): Reason[] {
    const reasons = [...this.#reasons.values()].map(({ reason, count }) =>
      count > 1 ? { ...reason, count } : reason,
    );
    for (const [id, number] of this.#perSign) {
      if (number > detailsMax)
        this.note("reasons-cut", `${number - detailsMax} more reasons of the kind ${id} are left out`, false);
    }
    return reasons;
  }
}

function clip(text: string): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > detailChars ? `${flat.slice(0, detailChars)}…` : flat;
}
