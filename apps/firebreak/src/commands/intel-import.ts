import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { InputError } from "@firebreak/engine/case/inputs";
import { reasonOf } from "@firebreak/engine/evidence/reason";
import { importDocuments } from "@firebreak/engine/intel/import";
import { maxDocumentBytes } from "@firebreak/intel/document";
import { exitCodes } from "../exit.ts";
import { instantFrom, observablesFrom, providersFrom } from "../intel/shared.ts";
import { inert, print, say } from "../terminal/output.ts";
import { toolName } from "../version.ts";

interface Options {
  case: string;
  provider?: string;
  about?: string;
  at?: string;
  json?: true;
}

/** Keeps saved answers, sandbox reports and feeds as evidence of the case; opens no socket. */
export async function runIntelImport(files: string[], options: Options): Promise<void> {
  const [provider] = options.provider === undefined ? [] : providersFrom([options.provider], () => true);
  const [about] = options.about === undefined ? [] : observablesFrom([options.about], "--about");
  const askedAt = options.at === undefined ? undefined : instantFrom("--at", options.at);
  const inputs = files.map((file) => ({
    file,
    name: file === "-" ? null : basename(file),
    bytes: readBytes(file),
  }));
  const results = importDocuments(options.case, inputs, {
    tool: toolName,
    now: () => new Date().toISOString(),
    ...(provider && { provider }),
    ...(about && { about }),
    ...(askedAt !== undefined && { askedAt }),
  });
  let problems = 0;
  for (const [i, result] of results.entries()) {
    const { file } = inputs[i]!;
    for (const { provider: source, record, description } of result.kept) {
      if (options.json)
        print(
          `${JSON.stringify({ file, provider: source.id, part: record.part, about: record.about, evidence: record.sha256, pointer: record.pointer })}\n`,
        );
      else print(`${inert(`${file}: ${description}`)}\n`);
    }
    for (const problem of result.problems) say(`${file}: ${problem}`);
    problems += result.problems.length;
  }
  process.exitCode = problems > 0 ? exitCodes.input : exitCodes.nothingFound;
}

function readBytes(file: string): Uint8Array {
  try {
    if (file !== "-" && statSync(file).size > maxDocumentBytes)
      throw new InputError(`${file}: larger than ${maxDocumentBytes >> 20} MiB`);
    const bytes = readFileSync(file === "-" ? 0 : file);
    if (bytes.length > maxDocumentBytes)
      throw new InputError(`${file}: larger than ${maxDocumentBytes >> 20} MiB`);
    if (bytes.length === 0) throw new InputError(`${file}: empty`);
    return bytes;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`${file}: ${reasonOf(error)}`);
  }
}
