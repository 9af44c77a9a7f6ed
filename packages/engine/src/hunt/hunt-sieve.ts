import type { CellLayout, RecordCells, RecordSieve } from "@firebreak/evtx";
import type {
  EventSource,
  Matcher,
  RuleMatch,
  Sieve,
  SieveLayout,
  SieveProgram,
  SigmaEvent,
} from "@firebreak/sigma";
import { sieveLayout } from "./sieve-layout.ts";
import type { WindowsSources } from "./windows-sources.ts";

/** Records of one layout, event id, channel and provider. */
interface Kind {
  /** What they have in the cells that tell channel and provider. */
  readonly texts: readonly DataView[];
  readonly source: EventSource;
  /** Can no rule be true of them? */
  readonly isIdle: boolean;
  readonly layout: SieveLayout;
  program: SieveProgram | undefined;
}

/** Where records of one layout tell what they are. */
interface Identity {
  readonly eventIdCell: number;
  /** Where channel and provider are told; -1: in the template. */
  readonly channelCell: number;
  readonly providerCell: number;
  readonly textCells: readonly number[];
  /** As the template states them. */
  readonly channel: string;
  readonly provider: string;
  readonly byEventId: Map<number, Kind[]>;
}

/** Crafted records may each name another channel. */
const kindsMax = 8;
const eventIdsMax = 1000;
/** Of a cell that is UTF-16. */
const textType = 1;
const noBytes = new DataView(new ArrayBuffer(0));

/** Lets through the records of which a rule may be true, and tells the matcher which rules. */
export class HuntSieve implements RecordSieve {
  readonly starts: Int32Array;
  readonly types: Uint8Array;
  /** Records that were not let through. */
  records = 0;
  /** Of the record that it was asked about last; undefined when that is not plain. */
  source: EventSource | undefined;
  #program: SieveProgram | undefined;
  #count = 0;
  readonly #sieve: Sieve;
  readonly #matcher: Matcher;
  readonly #sources: WindowsSources;
  readonly #identities = new WeakMap<CellLayout, Identity | "unclear">();
  #view: DataView = noBytes;
  #lastLayout: CellLayout | undefined;
  #last: Identity | "unclear" = "unclear";

  constructor(sieve: Sieve, matcher: Matcher, sources: WindowsSources) {
    this.#sieve = sieve;
    this.#matcher = matcher;
    this.#sources = sources;
    this.starts = sieve.cells.starts;
    this.types = sieve.cells.types;
  }

  useChunk(bytes: Uint8Array): void {
    this.#sieve.cells.frame.set(bytes);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  mayMatter(cells: RecordCells): boolean {
    this.#program = undefined;
    const kind = this.#kindOf(cells, this.#identityOf(cells.layout));
    this.source = kind?.source;
    if (kind === undefined) return true;
    if (!kind.isIdle) {
      if (kind.program?.isCurrent !== true) kind.program = this.#matcher.program(kind.source, kind.layout);
      if (kind.program === undefined) return true;
      const count = this.#sieve.search(kind.program, cells);
      if (count < 0) return true;
      if (count > 0) {
        this.#program = kind.program;
        this.#count = count;
        return true;
      }
    }
    this.records++;
    return false;
  }

  /** The rules that are true of the record that was let through last. Undefined: it has to be matched in full. */
  matchFound(event: SigmaEvent): readonly RuleMatch[] | undefined {
    return this.#program && this.#matcher.matchFound(event, this.#program, this.#count);
  }

  #identityOf(layout: CellLayout): Identity | "unclear" {
    if (layout === this.#lastLayout) return this.#last;
    let known = this.#identities.get(layout);
    if (known === undefined) {
      known = identityOf(layout);
      this.#identities.set(layout, known);
    }
    this.#lastLayout = layout;
    this.#last = known;
    return known;
  }

  #kindOf(cells: RecordCells, identity: Identity | "unclear"): Kind | undefined {
    if (identity === "unclear") return undefined;
    const eventId = cells.valueAt(identity.eventIdCell);
    if (typeof eventId !== "number" || eventId < 0) return undefined;
    let kinds = identity.byEventId.get(eventId);
    if (kinds === undefined) {
      if (identity.byEventId.size >= eventIdsMax) return undefined;
      kinds = [];
      identity.byEventId.set(eventId, kinds);
    }
    for (let at = 0; at < kinds.length; at++) {
      if (this.#hasTexts(kinds[at]!.texts, identity.textCells)) return kinds[at];
    }
    if (kinds.length >= kindsMax) return undefined;
    const kind = this.#newKind(cells, identity, eventId);
    if (kind !== undefined) kinds.push(kind);
    return kind;
  }

  #hasTexts(texts: readonly DataView[], textCells: readonly number[]): boolean {
    const { starts, types } = this;
    for (let at = 0; at < texts.length; at++) {
      const cell = textCells[at]!;
      // The same bytes of another type are another text.
      if (
        types[cell] !== textType ||
        !isSame(texts[at]!, this.#view, starts[cell]!, starts[cell + 1]! - starts[cell]!)
      )
        return false;
    }
    return true;
  }

  #newKind(cells: RecordCells, identity: Identity, eventId: number): Kind | undefined {
    const textAt = (cell: number, stated: string) => {
      if (cell < 0) return stated;
      return this.types[cell] === textType ? cells.valueAt(cell) : undefined;
    };
    const channel = textAt(identity.channelCell, identity.channel);
    const provider = textAt(identity.providerCell, identity.provider);
    if (typeof channel !== "string" || channel === "" || typeof provider !== "string" || provider === "")
      return undefined;
    const source = this.#sources.of(channel, eventId);
    return {
      texts: identity.textCells.map(
        (cell) =>
          new DataView(
            Uint8Array.from(cells.bytes.subarray(this.starts[cell], this.starts[cell + 1])).buffer,
          ),
      ),
      source,
      isIdle: this.#matcher.candidateCount(source) === 0,
      layout: sieveLayout(cells.layout, { channel, provider, eventId }),
      program: undefined,
    };
  }
}

/** "unclear": records of the layout do not tell plainly what they are. */
function identityOf(layout: CellLayout): Identity | "unclear" {
  const eventId = layout.system("EventID");
  const channel = layout.system("Channel");
  const provider = layout.system("Provider_Name");
  if (eventId === undefined || !("cell" in eventId) || channel === undefined || provider === undefined)
    return "unclear";
  const channelCell = "cell" in channel ? channel.cell : -1;
  const providerCell = "cell" in provider ? provider.cell : -1;
  return {
    eventIdCell: eventId.cell,
    channelCell,
    providerCell,
    textCells: [channelCell, providerCell].filter((cell) => cell >= 0),
    channel: "text" in channel ? channel.text : "",
    provider: "text" in provider ? provider.text : "",
    byEventId: new Map(),
  };
}

/** Do the same bytes stand in the chunk? */
function isSame(known: DataView, view: DataView, from: number, length: number): boolean {
  if (known.byteLength !== length) return false;
  let at = 0;
  for (; at + 4 <= length; at += 4) if (known.getInt32(at) !== view.getInt32(from + at)) return false;
  for (; at < length; at++) if (known.getUint8(at) !== view.getUint8(from + at)) return false;
  return true;
}
