import type { EventRow } from "../../findings/rows.ts";
import { observed } from "../grounds.ts";
import { behaviourGrounds, behavioursNear } from "../records/behaviours.ts";
import { suspiciousCommands } from "../records/commands.ts";
import { allRows, inSpan, isOwnEvent, listed } from "../records/spans.ts";
import { sorted } from "./far-end-accessed.ts";
import { type Desk, open, type Question, type Suggestion } from "./question.ts";

export const signs = {
  traffic: "unknown or unexpected outgoing internet traffic",
  protection: "anti-virus malfunctioning or disabled for unknown reasons",
  autostart: "unknown services or applications configured to launch at boot",
  other: "other",
} as const;

const hourMs = 3_600_000;
const protectionActions = [
  "protection-disabled",
  "protection-changed",
  "firewall-stopped",
  "windows-firewall-service-stopped",
  "logging-stopped",
  "logging-service-shutdown",
  "changed-audit-config",
  "audit-setting-changed",
];
const autostartActions = [
  "service-installed",
  "scheduled-task-created",
  "autostart-changed",
  "registry-value-modified",
  "Registry value set (rule: RegistryEvent)",
  "wmi-subscription-created",
  "crontab-replaced",
];

/** Which sign of compromise the records show first. */
export const firstSign = {
  kind: "first-sign",
  options: Object.values(signs),
  async answer(desk) {
    const ends = desk.farEnds.filter(({ isCommon }) => !isCommon);
    const contacts = sorted(desk, ends).outbound.filter((row) => {
      const gap = desk.clock.gapOf(row);
      return desk.subject.isOwn(row) && gap !== undefined && gap >= -hourMs && gap <= 24 * hourMs;
    });
    const traffic = observed(
      desk.scene,
      `${desk.subject.name} met an uncommon outside address at the alert's time.`,
      contacts,
    );
    const near = behavioursNear(desk, { fromMs: -hourMs, toMs: 24 * hourMs });
    const commands = await suspiciousCommands(desk, desk.subject.hosts, {
      fromMs: -hourMs,
      toMs: 24 * hourMs,
    });
    const odd = observed(
      desk.scene,
      `Command lines with ${[...new Set(commands.map(({ words }) => words))].join(", ")}.`,
      commands.map(({ row }) => row),
    );
    const choices: [string, Suggestion["for"], number][] = [
      [signs.traffic, traffic, 75],
      [signs.protection, await acts(desk, protectionActions, "Protection was changed or switched off."), 70],
      [signs.autostart, await acts(desk, autostartActions, "A service, task or start entry was made."), 65],
      [signs.other, [...odd, ...behaviourGrounds(near)], 55],
    ];
    const shown = choices.filter(([, grounds]) => grounds.length > 0);
    if (shown.length === 0)
      return open(
        `Records of ${desk.subject.name} around the alert: its traffic, its processes, its protection product.`,
      );
    const [answer, grounds, confidence] = shown[0]!;
    return {
      answer,
      confidence,
      for: grounds,
      against: shown
        .slice(1)
        .flatMap(([sign, others]) =>
          others.slice(0, 1).map((one) => ({ ...one, text: `Also ${sign}: ${one.text}` })),
        ),
      wouldChange: "An earlier sign in a source that was not collected.",
    };
  },
} satisfies Question;

/** Events of the alert's machine with one of these actions around the alert. */
async function acts(desk: Desk, actions: readonly string[], text: string): Promise<Suggestion["for"]> {
  if (desk.subject.hosts.size === 0) return [];
  const own: EventRow[] = [];
  const span = inSpan(desk, { fromMs: -hourMs, toMs: 24 * hourMs });
  for await (const row of allRows(
    desk,
    `e.action IN (${listed(actions)}) AND ${isOwnEvent(desk.subject)} AND ${span}`,
  ))
    own.push(row);
  return observed(desk.scene, text, own);
}
