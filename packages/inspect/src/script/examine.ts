/** Scripts: what their words tell, on the text as written, folded, and decoded layer by layer. Nothing is evaluated. */
import { utf16 } from "../bytes.ts";
import { runningTypes } from "../identify/types.ts";
import { findObservables } from "../observables/find.ts";
import type { Part } from "../part.ts";
import type { PartReport } from "../result.ts";
import { type DecodedBlob, decodeBlobs, decodeEncodedCommands } from "./blobs.ts";
import { decodeEncodedScripts } from "./encoded.ts";
import { expandPowershellLetters, expandVariables } from "./environment.ts";
import { foldConstants } from "./fold.ts";
import { lineAt, matchesOf } from "./match.ts";
import {
  batchPatterns,
  commandPatterns,
  jscriptPatterns,
  type PatternTable,
  phpPatterns,
  powershellPatterns,
  pythonPatterns,
  shellPatterns,
  vbaPatterns,
  vbscriptPatterns,
} from "./patterns.ts";

const textCharsMax = 4 * 2 ** 20;
const layersMax = 60;

const tables: Readonly<Record<string, readonly PatternTable[]>> = {
  "vba-source": [vbaPatterns, commandPatterns],
  vbscript: [vbscriptPatterns, commandPatterns],
  jscript: [jscriptPatterns, commandPatterns],
  powershell: [powershellPatterns, commandPatterns],
  batch: [batchPatterns, commandPatterns],
  shell: [shellPatterns, commandPatterns],
  python: [pythonPatterns, commandPatterns],
  php: [phpPatterns, commandPatterns],
  perl: [commandPatterns],
  ruby: [commandPatterns],
};

/** Examines a text in a language, by the id of its type; other types are looked through for command lines only. */
export async function examineScript(part: Part, whole: string, language: string): Promise<void> {
  if (whole.length > textCharsMax)
    part.note("text-cut", `only the first ${textCharsMax} characters are examined as a script`, true);
  const text = whole.slice(0, textCharsMax);
  const own = tables[language] ?? [commandPatterns];
  const code = language === "vba-source" || language === "vbscript" ? withoutComments(text) : text;
  for (const { sign, detail, at } of matchesOf(code, own))
    part.sign(sign, detail, { line: lineAt(code, at) });
  await examineEncoded(part, text);
  await examineBlobs(part, code, language);
  await examineFolded(part, code, language, own);
}

/** Whole lines only: an apostrophe inside a line may stand in a text. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:'|Rem\b).*$/gim, "");
}

async function examineEncoded(part: Part, text: string): Promise<void> {
  for (const { at, plain } of decodeEncodedScripts(text)) {
    part.sign("encoded-script", "", { line: lineAt(text, at) });
    const typeId = /\b(?:var|function|new ActiveXObject)\b/.test(plain) ? "jscript" : "vbscript";
    await part.child(`decoded script at line ${lineAt(text, at)}`, utf8(plain), {
      kind: "decoded",
      typeId,
      source: plain,
    });
  }
}

async function examineBlobs(part: Part, text: string, language: string): Promise<void> {
  const check = () => part.run.budget.check();
  const commands = decodeEncodedCommands(text);
  for (const { at } of commands) part.sign("encoded-command", "", { line: lineAt(text, at) });
  for (const blob of commands) await examineLayer(part, text, blob, "powershell");
  const taken = new Set(commands.map(({ bytes }) => Buffer.from(bytes).toString("latin1")));
  let layers = 0;
  for (const blob of decodeBlobs(text, check)) {
    const plain = Buffer.from(blob.bytes).toString("latin1").replaceAll("\0", "");
    if (taken.has(plain)) continue;
    taken.add(plain);
    if (++layers > layersMax) {
      part.note("layers-limit", `more than ${layersMax} encoded pieces; the rest is not decoded`, true);
      return;
    }
    await examineLayer(part, text, blob, language);
  }
}

async function examineLayer(
  part: Part,
  text: string,
  { how, bytes, at }: DecodedBlob,
  language: string,
): Promise<void> {
  const line = lineAt(text, at);
  const source = sourceOf(bytes);
  const report = await part.child(`${how} at line ${line}`, bytes, {
    kind: "decoded",
    ...(source !== undefined && { source }),
    ...(source !== undefined &&
      tables[language] !== undefined &&
      language !== "vba-source" && { typeId: language }),
  });
  if (report === undefined) return;
  if (runningTypes.has(report.type.id) && source === undefined)
    part.sign("decoded-executable", `${how}: ${report.type.description}`, { line });
  else if (hasReasons(report) || how === "encoded command") part.sign("decoded-layer", how, { line });
}

function hasReasons(report: PartReport): boolean {
  return report.reasons.length > 0 || report.parts.some(hasReasons);
}

function sourceOf(bytes: Uint8Array): string | undefined {
  const isWide = bytes.length >= 4 && bytes[1] === 0 && bytes[3] === 0;
  const text = isWide ? utf16(bytes) : Buffer.from(bytes).toString("utf8");
  return /[\0\ufffd]/.test(text) ? undefined : text;
}

/** A folded text is a part of its own when it shows what the script as written does not. */
async function examineFolded(
  part: Part,
  text: string,
  language: string,
  own: readonly PatternTable[],
): Promise<void> {
  const check = () => part.run.budget.check();
  const expanded =
    language === "batch"
      ? expandVariables(text.replaceAll("^", ""))
      : language === "powershell"
        ? expandPowershellLetters(text)
        : text;
  const folded = foldConstants(expanded, language, check);
  if (folded === text) return;
  const before = new Set(matchesOf(text, own).map(({ sign, detail }) => `${sign} ${detail}`));
  const values = new Set(findObservables(text).map(({ value }) => value));
  const shows =
    matchesOf(folded, own).some(({ sign, detail }) => !before.has(`${sign} ${detail}`)) ||
    findObservables(folded).some(({ value }) => !values.has(value)) ||
    decodeEncodedCommands(folded).length > decodeEncodedCommands(text).length ||
    decodeBlobs(folded, check).length > decodeBlobs(text, check).length;
  if (!shows) return;
  part.sign("decoded-layer", "constant expressions");
  await part.child("folded", utf8(folded), { kind: "decoded", typeId: language, source: folded });
}

function utf8(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "utf8"));
}

/** A text that is no script: only what it would be odd to find in any text. */
export async function examineText(part: Part, text: string): Promise<void> {
  if (text.startsWith("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"))
    part.sign("eicar-test");
  if (part.kind === "file" || part.kind === "member" || part.kind === "attachment") {
    for (const { at } of decodeEncodedCommands(text.slice(0, textCharsMax)))
      part.sign("encoded-command", "", { line: lineAt(text, at) });
    return;
  }
  await examineScript(part, text, "text");
}
