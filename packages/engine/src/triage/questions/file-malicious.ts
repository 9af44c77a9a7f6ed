import { countOf } from "@firebreak/model/collections";
import type { Ground } from "@firebreak/model/triage";
import { type EventRow, restOf } from "../../findings/rows.ts";
import { firstNames, fromAlert, observed } from "../grounds.ts";
import { behaviourGrounds, behavioursNear, productAlerts } from "../records/behaviours.ts";
import { commandSign, suspiciousCommands } from "../records/commands.ts";
import { rowsOf } from "../records/pivot.ts";
import { isInterpreter } from "../records/programs.ts";
import { isMail } from "../records/traffic.ts";
import { labelOf } from "../subject.ts";
import { type Desk, open, type Question, type Suggestion } from "./question.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Is the alert's file malicious? By what is known of it, by what it holds, and by what happened after it ran. */
export const fileMalicious = {
  kind: "file-malicious",
  options: ["malicious", "non-malicious"],
  absences: ["non-malicious"],
  async answer(desk) {
    return fileSuggestion(desk);
  },
} satisfies Question;

export async function fileSuggestion(desk: Desk): Promise<Suggestion> {
  const { bad, good, confidence, techniques } = await weighFile(desk);
  if (confidence >= 50)
    return {
      answer: "malicious",
      confidence: Math.min(95, confidence),
      for: bad,
      against: good,
      techniques,
      wouldChange: "The file itself, examined and found to do what its owner says it does.",
    };
  const spread = prevalence(desk);
  if (bad.length === 0 && spread.length > 0)
    return {
      answer: "non-malicious",
      confidence: 60,
      for: [...spread, ...good],
      against: [],
      wouldChange:
        "A malicious verdict on its hash, or activity after it ran that its purpose does not explain.",
    };
  if (bad.length === 0 && good.some(({ text }) => /known good/i.test(text)))
    return {
      answer: "non-malicious",
      confidence: 65,
      for: good,
      against: [],
      wouldChange: "Activity after it ran that its purpose does not explain.",
    };
  return open(
    desk.pivots.some(({ observable }) => observable.type === "hash")
      ? "A look-up of its hash (never an upload), the file itself for static triage, or records of what ran after it."
      : "The file's hash, the file itself, or records of what ran after it.",
    bad,
    good,
  );
}

interface Weighed {
  bad: Ground[];
  good: Ground[];
  confidence: number;
  techniques: string[];
}

async function weighFile(desk: Desk): Promise<Weighed> {
  const out: Weighed = { bad: [], good: [], confidence: 0, techniques: [] };
  const blame = (confidence: number, grounds: readonly Ground[]) => {
    // MD5 and SHA-256 of one file: what is said of both is said once.
    const fresh = grounds.filter(({ text }) => !out.bad.some((one) => saying(one.text) === saying(text)));
    if (fresh.length === 0) return;
    out.confidence = Math.max(out.confidence, confidence) + (out.bad.length > 0 ? 5 : 0);
    out.bad.push(...fresh);
  };
  for (const { observable } of desk.pivots) {
    const card = observable.type === "hash" ? desk.intel.cardOf("hash", observable.value) : undefined;
    if (!card) continue;
    if (card.verdict === "malicious" || card.verdict === "suspicious") blame(card.confidence, card.grounds);
    else out.good.push(...card.grounds);
  }
  if (desk.file?.verdict === "malicious" || desk.file?.verdict === "suspicious")
    blame(desk.file.verdict === "malicious" ? 85 : 60, desk.file.grounds);
  else out.good.push(...(desk.file?.grounds ?? []));
  const named = desk.pivots.filter(
    ({ observable }) => observable.type === "hash" || observable.type === "file",
  );
  const detections = productAlerts(rowsOf(named)).filter(
    (row) => Math.abs(desk.clock.gapOf(row) ?? dayMs * 2) <= dayMs,
  );
  blame(
    65,
    observed(
      desk.scene,
      `A protection product names it: ${firstNames([...new Set(detections.map((row) => row.rule_name ?? row.action))], 3)}.`,
      detections,
    ),
  );
  const window = { fromMs: -10 * 60_000, toMs: 6 * hourMs };
  const machines = machinesOf(rowsOf(ownFiles(desk)));
  const commands = await suspiciousCommands(desk, new Set([...machines, ...desk.subject.hosts]), window);
  const fromDocument = commands.some((one) => one.fromDocument);
  blame(
    fromDocument ? 75 : 55,
    observed(
      desk.scene,
      `After it, on the same machine: ${[...new Set(commands.map(({ words }) => words))].join(", ")}${fromDocument ? ", started by a document's program" : ""}.`,
      commands.map(({ row }) => row),
    ),
  );
  if (prevalence(desk).length === 0) blame(55, commandInAlert(desk));
  const after = behavioursNear(desk, window, machines).filter(({ finding }) =>
    finding.techniques.some(({ id }) => attackingTechniques.test(id)),
  );
  blame(after.some(({ finding }) => finding.severity !== "medium") ? 70 : 55, behaviourGrounds(after));
  out.techniques = [
    ...new Set([
      ...commands.map(({ technique }) => technique),
      ...after.flatMap(({ finding }) => finding.techniques.map(({ id }) => id)),
    ]),
  ].slice(0, 10);
  return out;
}

function commandField(desk: Desk): [field: string, command: string] | undefined {
  return Object.entries(desk.alert.fields).find(([name]) => /command.?line|(^|[._ ])command$/i.test(name));
}

/** The command that the alert itself quotes: what it does is read, not what the rule calls it. */
function commandInAlert(desk: Desk): Ground[] {
  const [field, command] = commandField(desk) ?? [];
  const sign = command === undefined ? undefined : commandSign(command);
  return sign === undefined
    ? []
    : [fromAlert(desk.alert, `The alert quotes ${sign.words}: ${command!.slice(0, 200)}.`, field)];
}

/** The alert's files, without interpreters: those are on every machine. */
function ownFiles(desk: Desk) {
  return desk.pivots.filter(
    ({ observable: { type, value } }) => type === "hash" || (type === "file" && !isInterpreter(value)),
  );
}

/** Machines on which the file was met: what happened there counts, whomever the alert names. */
function machinesOf(rows: readonly EventRow[]): Set<string> {
  const own = rows.filter((row) => row.kind !== "alert" && !isMail(row) && row.host !== row.observer);
  return new Set(own.flatMap(({ host }) => (host === null ? [] : [labelOf(host)])));
}

function saying(text: string): string {
  return text.replace(/^hash [0-9a-f]{32,64}: /, "");
}

/** Execution, persistence, defence impairment, credentials, command and control, impact: what a program does, not who signs in. */
const attackingTechniques =
  /^T(1059|1204|1203|1218|1105|1055|1547|1053|1543|1546|1562|1685|1003|1486|1490|1027|1071|1140|1569|1047|1505|1570|1574)(\.|$)/;

/**
 * The same file (of an interpreter: the same command) on several machines and several days before the alert: software in use. Only a weak sign, for a
 * worm spreads too, so it counts only where nothing speaks against it.
 */
function prevalence(desk: Desk): Ground[] {
  const command = commandField(desk)?.[1];
  const rows =
    command === undefined
      ? rowsOf(ownFiles(desk))
      : rowsOf(desk.pivots).filter((row) => row.command_line?.trim() === command.trim());
  const earlier = rows.filter((row) => (desk.clock.gapOf(row) ?? 0) < -dayMs && row.kind !== "alert");
  const machines = new Set(earlier.flatMap((row) => (row.host === null ? [] : [labelOf(row.host)])));
  const days = new Set(earlier.map((row) => Math.floor(row.ms! / dayMs)));
  const managed = earlier.filter(isManaged);
  if (machines.size >= 3 && days.size >= 3)
    return observed(
      desk.scene,
      `The same ${command === undefined ? "file" : "command"} on ${countOf(machines.size, "machine")} and ${countOf(days.size, "day")} before the alert, without a finding about it.`,
      earlier,
    );
  return days.size >= 2
    ? observed(
        desk.scene,
        `Started by software management or an updater on ${countOf(days.size, "day")} before the alert too.`,
        managed,
      )
    : [];
}

const managers =
  /(^|[\\/])(ccmexec|trustedinstaller|tiworker|wuauclt|msiexec|usoclient|googleupdate|microsoftedgeupdate|updater|intunemanagementextension|pdqdeployrunner|salt-minion|puppet|chef-client|ansible)[^\\/]*$/i;

function isManaged(row: { rest: string }): boolean {
  const rest = restOf(row);
  return managers.test(String(rest["process.parent.executable"] ?? rest["process.parent.name"] ?? ""));
}
