import type { ByteSource, LineFormat, LogFormat, ParseContext } from "@firebreak/model/format";
import { readEvidence } from "./read.ts";
import { readHead } from "./text/head.ts";
import { createTimeReader } from "./time/reader.ts";

export interface Vote {
  readonly format: string;
  readonly vote: number;
}

/** How one line of a file's head is recognised. */
export interface LineExplanation {
  readonly line: number;
  readonly text: string;
  /** Formats that vote for it, the strongest first. */
  readonly votes: readonly Vote[];
  /** What the line was read as; undefined when it was rejected or is part of a longer record. */
  readonly dataset: string | undefined;
  /** Why it is no event, when it is none. */
  readonly fate: string | undefined;
  /** Formats whose votes lie close together and that all read the line: the strongest was taken. */
  readonly ambiguous: readonly string[];
}

export interface FileExplanation {
  readonly encoding: string;
  /** The format of the file as a whole, as `parse` takes it. */
  readonly format: string;
  /** Whole-file formats that vote for it, the strongest first. */
  readonly documents: readonly Vote[];
  readonly lines: readonly LineExplanation[];
}

const headBytes = 64 << 10;
/** Two votes that differ by less say the same. */
const closeVotes = 0.1;
const leastVote = 0.5;

/** Says how a file's first bytes are recognised: the votes for the file and for each line, and what was read. */
export function explainRecognition(
  source: ByteSource,
  fileName: string,
  formats: readonly LogFormat[],
): FileExplanation {
  const head = readHead(source, fileName);
  const size = Math.min(source.size, headBytes);
  const start = { size, read: (at: number, length: number) => source.read(at, Math.min(length, size - at)) };
  const time = { reference: { ms: 0, source: "assumed" as const } };
  const datasets = new Map<number, string>();
  const fates = new Map<number, string>();
  const { format } = readEvidence(
    start,
    { fileName, formats, time },
    {
      event: ({ line, dataset }) => void (line !== undefined && datasets.set(line, dataset)),
      reject: ({ line }, reason) => void (line !== undefined && fates.set(line, reason)),
      skip: () => {},
      note: () => {},
    },
  );
  const context: ParseContext = { fileName, time: createTimeReader(time) };
  const lineFormats = formats.filter((one): one is LineFormat => one.kind === "line");
  const documents = formats.flatMap((one) =>
    one.kind === "document" ? [{ format: one.name, vote: one.sniff(head) }] : [],
  );
  const physical = head.text === "" ? [] : head.text.split(/\r?\n/, 200);
  const lines = physical.flatMap((text, i): LineExplanation[] => {
    if (text.trim() === "") return [];
    const votes = sorted(lineFormats.map((one) => ({ format: one.name, vote: one.sniff(text, head) })));
    return [
      {
        line: i + 1,
        text,
        votes,
        dataset: datasets.get(i + 1),
        fate: fates.get(i + 1),
        ambiguous: rivals(text, votes, lineFormats, context),
      },
    ];
  });
  return { encoding: head.encoding, format, documents: sorted(documents), lines };
}

function sorted(votes: readonly Vote[]): Vote[] {
  return votes.filter(({ vote }) => vote > 0).sort((a, b) => b.vote - a.vote);
}

function rivals(
  text: string,
  votes: readonly Vote[],
  formats: readonly LineFormat[],
  context: ParseContext,
): string[] {
  const best = votes[0]?.vote ?? 0;
  if (best < leastVote) return [];
  const close = votes.filter(({ vote }) => vote > best - closeVotes);
  if (close.length < 2) return [];
  const reading = close.filter(({ format }) => {
    const result = formats
      .find(({ name }) => name === format)!
      .open(context)
      .parse(text);
    return result !== undefined && !("reject" in result);
  });
  return reading.length < 2 ? [] : reading.map(({ format }) => format);
}
