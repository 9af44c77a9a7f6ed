import type { Head, LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";

interface Candidate {
  readonly format: LineFormat;
  readonly parser: LineParser;
  /** Sum of the votes over the head's lines: the order in which formats are asked. */
  readonly votes: number;
  accepted: number;
}

/** A vote under which a format is not asked at all. */
const minimumVote = 0.05;

const firstLines = 20;
const spreadLines = 20;

/** Lines that vote on a file: its first ones, and as many spread over the rest of the head. A hundred formats look at each. */
function sampleOf(lines: readonly string[]): readonly string[] {
  const step = Math.max(1, Math.ceil((lines.length - firstLines) / spreadLines));
  return lines.filter((_, i) => i < firstLines || (i - firstLines) % step === 0);
}

/**
 * Decides for every record which format reads it. Collectors mix products in one file, so the decision is per line:
 * the format that read the last record goes first, then those that voted, the strongest first.
 */
export class LineRouter {
  /** Formats that are no candidates yet. */
  #others: readonly LineFormat[];
  readonly #head: Head;
  readonly #context: ParseContext;
  readonly #candidates: Candidate[];
  #current: Candidate | undefined;

  constructor(formats: readonly LineFormat[], head: Head, context: ParseContext) {
    this.#others = formats;
    this.#head = head;
    this.#context = context;
    this.#candidates = [];
    const lines = sampleOf(head.lines);
    for (const format of formats) {
      let votes = 0;
      for (const line of lines) votes += format.sniff(line, head);
      if (votes > minimumVote) this.#add(format, votes);
    }
    this.#current = this.#candidates[0];
  }

  #add(format: LineFormat, votes: number): Candidate {
    const made: Candidate = { format, parser: format.open(this.#context), votes, accepted: 0 };
    this.#candidates.push(made);
    // A stable sort: equal votes keep the registry's order.
    this.#candidates.sort((a, b) => b.votes - a.votes);
    this.#others = this.#others.filter((other) => other !== format);
    return made;
  }

  /** True when the current format may join lines to one record. */
  get joinsLines(): boolean {
    return this.#current?.parser.continues !== undefined;
  }

  continues(pending: string, line: string): boolean {
    return this.#current?.parser.continues?.(pending, line) ?? false;
  }

  parse(record: string): LineResult {
    const current = this.#current;
    if (current && (current === this.#candidates[0] || current.format.sniff(record, this.#head) >= 0.5)) {
      const result = current.parser.parse(record);
      if (result !== undefined) {
        current.accepted++;
        return result;
      }
      return this.#ask(record, current);
    }
    return this.#ask(record, undefined);
  }

  #ask(record: string, asked: Candidate | undefined): LineResult {
    for (const candidate of this.#candidates) {
      if (candidate === asked || candidate.format.sniff(record, this.#head) <= minimumVote) continue;
      const result = candidate.parser.parse(record);
      if (result !== undefined) return this.#accept(candidate, result);
    }
    return this.#discover(record);
  }

  /** A format that did not show in the head: ask all the others, the best vote first. */
  #discover(record: string): LineResult {
    let voters: { format: LineFormat; vote: number }[] | undefined;
    for (const format of this.#others) {
      const vote = format.sniff(record, this.#head);
      if (vote <= minimumVote) continue;
      if (voters === undefined) voters = [{ format, vote }];
      else voters.push({ format, vote });
    }
    if (voters === undefined) return undefined;
    for (const { format, vote } of voters.sort((a, b) => b.vote - a.vote)) {
      const result = format.open(this.#context).parse(record);
      if (result !== undefined) return this.#accept(this.#add(format, vote), result);
    }
    return undefined;
  }

  #accept(candidate: Candidate, result: LineResult): LineResult {
    candidate.accepted++;
    this.#current = candidate;
    return result;
  }

  /** Name of the format that read most records; undefined when none did. */
  mainFormat(): string | undefined {
    let best: Candidate | undefined;
    for (const candidate of this.#candidates) {
      if (candidate.accepted > (best?.accepted ?? 0)) best = candidate;
    }
    return best?.format.name;
  }
}
