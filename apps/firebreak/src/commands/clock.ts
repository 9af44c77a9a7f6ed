import { listClocks, suggestCaseClocks } from "@firebreak/engine/clock/case-clocks";
import { setClock } from "@firebreak/engine/clock/set";
import { clockWords, durationWords } from "@firebreak/engine/clock/setting";
import type { ClockComparison } from "@firebreak/engine/clock/suggest";
import { countOf } from "@firebreak/model/collections";
import { inert, print, say } from "../terminal/output.ts";
import { toolName } from "../version.ts";

export async function runClockSet(
  dir: string,
  source: string,
  offset: string[],
  options: { by?: string },
): Promise<void> {
  const { sources, setting, changed, picture } = await setClock({
    case: dir,
    source,
    text: offset.join(" "),
    actor: options.by ?? toolName,
    tool: toolName,
    now: () => new Date().toISOString(),
  });
  const words = clockWords(setting);
  if (!changed) {
    say(`${countOf(sources.length, "source")} had this clock already (${words}); nothing was changed.`);
    return;
  }
  for (const { path } of sources)
    say(`${path}: ${setting ? `clock set to ${words}` : "dated as read again"}`);
  say(
    `The picture was made again from the same records: ${countOf(picture.findings.length, "finding")}. The evidence keeps its recorded times; the ledger tells the change.`,
  );
}

export function runClockList(dir: string, options: { json?: boolean }): void {
  const clocks = listClocks(dir);
  if (options.json) {
    print(`${JSON.stringify(clocks, null, 2)}\n`);
    return;
  }
  for (const { id, path, readIn, set } of clocks)
    print(`${id}  ${inert(path)}\n              read in ${zoneWords(readIn)}; set: ${set}\n`);
}

function zoneWords(readIn: string | null): string {
  if (readIn === null) return "no zone";
  return readIn === "in-record" ? "the zone that its records state" : readIn;
}

export async function runClockSuggest(dir: string, options: { json?: boolean }): Promise<void> {
  const { comparisons, notes } = await suggestCaseClocks(dir);
  for (const note of notes) say(note);
  if (options.json) {
    print(`${JSON.stringify(comparisons, null, 2)}\n`);
    return;
  }
  const shown = comparisons.filter(({ verdict }) => verdict !== "agree");
  const agreeing = comparisons.length - shown.length;
  if (comparisons.length === 0)
    say("No two sources of this case share a session, request, file, logon or message: nothing to compare.");
  if (agreeing > 0) say(`${countOf(agreeing, "pair")} of sources agree; --json lists them.`);
  for (const comparison of shown) print(describe(dir, comparison));
}

function signedWords(ms: number): string {
  return `${durationWords(ms)} ${ms < 0 ? "behind" : "ahead of"}`;
}

function describe(dir: string, one: ClockComparison): string {
  const kinds = Object.entries(one.byKind)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(", ");
  const lines = [
    `${one.source.path} is ${signedWords(one.offsetMs)} ${one.reference.path}${one.verdict === "uncertain" ? " (uncertain)" : ""}`,
    `  ${one.anchors} anchors of ${one.candidates} shared keys (${kinds}), spread ${durationWords(one.spreadMs)}; ${countOf(one.ambiguous, "key")} with more than one pair`,
  ];
  const parts = [
    one.zoneMs !== 0 && `another zone: ${durationWords(one.zoneMs)} ${one.zoneMs < 0 ? "behind" : "ahead"}`,
    one.errorMs !== 0 && `its clock: ${durationWords(one.errorMs)} ${one.errorMs < 0 ? "slow" : "fast"}`,
  ].filter((part) => part !== false);
  if (parts.length > 0) lines.push(`  ${parts.join("; ")}`);
  if (one.runnerUp)
    lines.push(
      `  next best: ${durationWords(one.runnerUp.offsetMs)} ${one.runnerUp.offsetMs < 0 ? "behind" : "ahead"} with ${countOf(one.runnerUp.anchors, "anchor")}`,
    );
  if (one.driftMsPerDay !== undefined)
    lines.push(`  the offset changes by ${one.driftMsPerDay / 1000} s a day: one number fits only nearly`);
  for (const { kind, key, source, reference } of one.examples) {
    lines.push(`  ${kind} ${key}`);
    lines.push(`    ${source.time}  ${source.ref}  ${source.path}`);
    lines.push(`    ${reference.time}  ${reference.ref}  ${reference.path}`);
  }
  if (one.setting !== undefined)
    lines.push(`  firebreak clock set ${quoted(dir)} ${quoted(one.source.path)} ${quoted(one.setting)}`);
  return `${lines.map(inert).join("\n")}\n\n`;
}

function quoted(text: string): string {
  return /^[\w./:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
