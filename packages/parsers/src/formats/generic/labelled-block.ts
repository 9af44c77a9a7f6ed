import type { Head, LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import { rawField } from "../../ecs/raw.ts";
import { type ColumnGuess, guessColumn } from "../../infer/column.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { RecordInference } from "../../infer/infer.ts";
import { isAbsent } from "../../text/absent.ts";

const dataset = "generic/labelled-block";
/** "Source IP : 203.0.113.9", "user=bob" alone on its line. */
const labelled = /^\s{0,8}([A-Za-z][\w /()#.-]{0,48}?)\s{0,20}(?::\s{1,20}|:$|\s?=\s?)(.*)$/;
const divider = /^\s*[-=_*#]{3,}\s*$/;
const maxLines = 400;

interface Block {
  /** Label of the first line of a block: a second one begins the next. */
  readonly first: string;
}

const memory = createHeadMemory(findBlock);

/** Records of one "Label: value" a line, as consoles print details and mails carry alerts. */
export const format = {
  kind: "line",
  name: dataset,
  title: "Blocks of labelled lines",
  version: 1,
  notes:
    "`Label: value` or `label=value`, a line each, blank lines or dividers between records. One label must be a time and two more known names. Meanings are inferred as in generic/csv.",
  sniff(line, head) {
    if (memory.of(head) === undefined) return 0;
    return labelled.test(line) || divider.test(line) ? 0.28 : /^\s/.test(line) ? 0.12 : 0;
  },
  open: (context) => new BlockParser(context, memory.recall(context.fileName)),
} satisfies LineFormat;

function findBlock(head: Head): Block | undefined {
  const lines = head.lines.slice(0, 100).filter((line) => !divider.test(line));
  const labels = lines.flatMap((line) => labelled.exec(line)?.[1]?.trim() ?? []);
  if (labels.length < 3 || labels.length < lines.length * 0.8) return undefined;
  const guesses = [...new Set(labels)].map(guessColumn).filter((list) => list.length > 0);
  const hasTime = guesses.some((list) => list.some(({ kind }) => kind === "time"));
  return hasTime && guesses.length >= 3 ? { first: labels[0]! } : undefined;
}

class BlockParser implements LineParser {
  readonly #context: ParseContext;
  readonly #block: Block | undefined;
  #lines = 1;

  constructor(context: ParseContext, block: Block | undefined) {
    this.#context = context;
    this.#block = block;
  }

  continues(pending: string, line: string): boolean {
    const joins = this.#joins(pending, line);
    this.#lines = joins ? this.#lines + 1 : 1;
    return joins;
  }

  #joins(pending: string, line: string): boolean {
    if (this.#block === undefined || this.#lines >= maxLines || line.trim() === "") return false;
    if (divider.test(line) || divider.test(pending)) return false;
    const label = labelled.exec(line)?.[1]?.trim();
    return label === undefined ? /^\s/.test(line) : label !== this.#block.first;
  }

  parse(record: string): LineResult {
    this.#lines = 1;
    if (this.#block === undefined) return undefined;
    if (divider.test(record)) return { skip: "divider" };
    const inference = new RecordInference({}, this.#context.time);
    let count = 0;
    for (const { label, value } of pairsOf(record)) {
      count++;
      if (isAbsent(value)) continue;
      inference.fields[rawField(label)] = value;
      const guesses: readonly ColumnGuess[] = guessColumn(label);
      if (guesses.length > 0) inference.offer(guesses, value);
    }
    return count === 0 ? undefined : inference.finish(dataset);
  }
}

/** The labels of a block with their values; an indented line without a label goes on with the value before. */
function pairsOf(record: string): { label: string; value: string }[] {
  const pairs: { label: string; value: string }[] = [];
  for (const line of record.split("\n")) {
    const match = labelled.exec(line);
    const last = pairs.at(-1);
    if (match !== null) pairs.push({ label: match[1]!.trim(), value: match[2]!.trim() });
    else if (last !== undefined) last.value = `${last.value} ${line.trim()}`.trim();
  }
  return pairs;
}
