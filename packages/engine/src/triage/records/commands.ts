import { type EventRow, restOf } from "../../findings/rows.ts";
import type { TriageContext } from "../context.ts";
import { allRows, hostLabel, inSpan, listed, type Span } from "./spans.ts";

interface CommandSign {
  readonly words: string;
  readonly technique: string;
  readonly pattern: RegExp;
}

/** Command lines that ordinary work hardly needs. Linear: every gap is bounded, nothing repeats inside a repetition. */
const signs: readonly CommandSign[] = [
  {
    words: "an encoded PowerShell command",
    technique: "T1059.001",
    pattern: /\bp(?:owershell|wsh)(?:\.exe)?["']?\s.{0,300}?-e[a-z]{0,14}\s{1,5}["']?[a-z0-9+/=]{20}/i,
  },
  {
    words: "a download by script",
    technique: "T1105",
    pattern:
      /downloadstring|downloadfile|downloaddata|net\.webclient|invoke-webrequest\s.{0,80}http|start-bitstransfer|certutil(?:\.exe)?\s.{0,40}-urlcache|bitsadmin(?:\.exe)?\s.{0,40}\/transfer/i,
  },
  {
    words: "a program of the system that runs foreign script",
    technique: "T1218",
    pattern:
      /\bmshta(?:\.exe)?["']?\s{1,5}["']?(?:https?:|javascript:|vbscript:)|\bregsvr32(?:\.exe)?\s.{0,80}\/i:http|\brundll32(?:\.exe)?\s.{0,40}javascript:/i,
  },
  {
    words: "a shell fed from the network",
    technique: "T1059.004",
    pattern:
      /(?:curl|wget)\s[^|]{1,300}\|\s{0,3}(?:ba|z|da)?sh\b|\/dev\/tcp\/|base64\s{1,3}(?:-d|--decode)\s{0,3}\|\s{0,3}(?:ba)?sh\b|\bnc(?:at)?\s.{0,40}-e\s/i,
  },
  {
    words: "means of recovery removed",
    technique: "T1490",
    pattern:
      /vssadmin(?:\.exe)?\s{1,5}delete\s{1,5}shadows|wbadmin(?:\.exe)?\s{1,5}delete|recoveryenabled\s{1,5}no|wmic\s{1,5}shadowcopy\s{1,5}delete/i,
  },
  {
    words: "an autostart or task made by command",
    technique: "T1547",
    pattern:
      /schtasks(?:\.exe)?\s.{0,20}\/create\s.{0,300}(?:\\temp\\|\\appdata\\|\\public\\|powershell|mshta|http)|\breg(?:\.exe)?\s{1,3}add\s.{0,120}currentversion\\run/i,
  },
  {
    words: "secrets taken from memory or the registry",
    technique: "T1003",
    pattern:
      /sekurlsa|lsass.{0,60}\.dmp|comsvcs\.dll.{0,40}minidump|reg(?:\.exe)?\s{1,3}save\s{1,3}hklm\\(?:sam|system|security)|procdump.{0,60}lsass/i,
  },
];

const dayMs = 86_400_000;
const documentPrograms =
  /^(?:.*[\\/])?(?:excel|winword|powerpnt|outlook|onenote|mspub|acrord32|acrobat|eqnedt32)(?:\.exe)?$/i;

export interface SuspiciousCommand {
  readonly row: EventRow;
  readonly words: string;
  readonly technique: string;
  /** A document's program or mail program started it. */
  readonly fromDocument: boolean;
}

export function commandSign(command: string): { words: string; technique: string } | undefined {
  const text = command.slice(0, 8192);
  return signs.find(({ pattern }) => pattern.test(text));
}

/** Command lines with such a sign on these machines within a window around the alert. */
export async function suspiciousCommands(
  context: TriageContext,
  machines: ReadonlySet<string>,
  window: Span,
): Promise<SuspiciousCommand[]> {
  if (context.clock.alertMs === undefined || machines.size === 0) return [];
  const onMachines = `e.command_line IS NOT NULL AND ${hostLabel} IN (${listed(machines)})`;
  const found: SuspiciousCommand[] = [];
  for await (const row of allRows(context, `${onMachines} AND ${inSpan(context, window)}`)) {
    const sign = commandSign(row.command_line ?? "");
    if (sign === undefined) continue;
    const rest = restOf(row);
    const parent = String(rest["process.parent.executable"] ?? rest["process.parent.name"] ?? "");
    const { words, technique } = sign;
    found.push({ row, words, technique, fromDocument: documentPrograms.test(parent) });
  }
  if (found.length === 0) return [];
  const usual = await usualCommands(context, onMachines);
  return found.filter(({ row }) => !usual.has(row.command_line!.trim()));
}

/** What was done in the same words a day before and more is a task of the machine, whatever it looks like. */
async function usualCommands(context: TriageContext, onMachines: string): Promise<Set<string>> {
  const usual = new Set<string>();
  const earlier = inSpan(context, { fromMs: -Number.MAX_SAFE_INTEGER / 2, toMs: -dayMs - 1 });
  for await (const { command } of context.scene.store.stream<{ command: string }>(
    `SELECT DISTINCT e.command_line AS command FROM events e WHERE ${onMachines} AND ${earlier} ORDER BY command`,
  ))
    usual.add(command.trim());
  return usual;
}
