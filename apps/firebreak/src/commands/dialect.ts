import { writeFileSync } from "node:fs";
import { InputError, requireFile } from "@firebreak/engine/case/inputs";
import { dialectNameOf, readDialectText } from "@firebreak/engine/dialect/files";
import { learnFromFile } from "@firebreak/engine/dialect/learn";
import { dialectText } from "@firebreak/engine/dialect/text";
import { countOf } from "@firebreak/model/collections";
import { print, say } from "../terminal/output.ts";

export function runDialectLearn(file: string, options: { output?: string; name?: string }): void {
  requireFile(file);
  const learned = learnFromFile(file, options.name ?? dialectNameOf(file));
  if (!learned)
    throw new InputError(
      `${file}: no layout fits its lines (JSON, pairs, a table, a W3C header, fixed columns or words). Free text and binary files have no columns to teach; 'firebreak formats --explain' shows what is known of it.`,
    );
  const { dialect, notes } = learned;
  const text = dialectText(dialect, notes);
  // What is written is what is read: a name that was given may be none.
  readDialectText(text, options.output ?? "the dialect");
  if (options.output === undefined) print(text);
  else writeFileSync(options.output, text);
  for (const note of notes) say(note);
  const known = dialect.columns.filter(({ field }) => field !== undefined);
  const doubtful = known.filter(({ confidence }) => confidence < 0.7).map(({ name }) => name);
  say(
    `${known.length} of ${countOf(dialect.columns.length, "column")} have a meaning.${doubtful.length > 0 ? ` Look at these first: ${doubtful.join(", ")}.` : ""}`,
  );
  if (options.output !== undefined)
    say(`Correct ${options.output}, then: firebreak parse ${file} --dialect ${options.output}`);
}
