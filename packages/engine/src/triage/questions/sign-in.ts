import { countOf } from "@firebreak/model/collections";
import type { Ground } from "@firebreak/model/triage";
import type { EventRow } from "../../findings/rows.ts";
import { firstNames, observed } from "../grounds.ts";
import { coverageFor } from "../records/coverage.ts";
import { rowsOf } from "../records/pivot.ts";
import { readSignIns } from "../records/sign-ins.ts";
import { contactOf } from "../records/traffic.ts";
import { attackersOf } from "../records/web-requests.ts";
import { type Desk, open, type Question } from "./question.ts";

const hourMs = 3_600_000;

/** Is the source of the attempts suspicious: by what it did here, and by what is known of it? */
export const sourceSuspicious = {
  kind: "source-suspicious",
  options: ["yes", "no"],
  absences: ["no"],
  async answer(desk) {
    const { pattern, failures, accounts, successes } = readSignIns(desk);
    const cards = attackersOf(desk).flatMap((value) => desk.intel.cardOf("address", value) ?? []);
    const bad: Ground[] = cards
      .filter(({ verdict }) => verdict === "malicious" || verdict === "suspicious")
      .flatMap(({ grounds }) => grounds);
    const neutral: Ground[] = cards
      .filter(({ verdict }) => verdict !== "malicious" && verdict !== "suspicious")
      .flatMap(({ grounds }) => grounds);
    if (pattern === "guessing" || pattern === "spraying")
      bad.push(
        ...observed(
          desk.scene,
          `${countOf(failures.length, "failed sign-in")} for ${countOf(accounts.length, "account")}: ${pattern}.`,
          failures,
        ),
      );
    if (bad.length > 0)
      return {
        answer: "yes",
        confidence: Math.min(90, 65 + 10 * bad.length),
        for: bad,
        against: neutral,
        wouldChange: "An owner who explains the attempts.",
      };
    if (pattern === "mistyped")
      return {
        answer: "no",
        confidence: 60,
        for: observed(
          desk.scene,
          "A few failures and then the account's own success, at a person's pace, from where it signs in.",
          [...failures, ...successes],
        ),
        against: neutral,
        wouldChange: "The account's owner did not sign in.",
      };
    if (pattern === "stale password")
      return {
        answer: "no",
        confidence: 60,
        for: observed(
          desk.scene,
          "One account fails from one inside machine on many days, and never succeeds: a stored password that expired is likelier.",
          failures,
        ),
        against: neutral,
        wouldChange: "The failures began with the alert, or other accounts fail from there too.",
      };
    return open("A look-up of the source, and the target's sign-in log around the alert.", [
      ...observed(desk.scene, "Failed sign-ins of the source.", failures),
      ...neutral,
    ]);
  },
} satisfies Question;

const signInPorts = new Set([
  21, 22, 23, 25, 110, 143, 389, 445, 993, 1433, 1521, 3306, 3389, 5432, 5900, 5985, 5986,
]);

/** Did the source reach a service of the target that people sign in to? */
export const adminTraffic = {
  kind: "sign-in-traffic",
  options: ["yes", "no"],
  absences: ["no"],
  async answer(desk) {
    const rows = sourceRows(desk);
    const { failures, successes } = readSignIns(desk);
    const ports = rows.filter(
      ({ destination_port }) => destination_port !== null && signInPorts.has(destination_port),
    );
    const met = [...ports, ...failures, ...successes];
    const names = [...new Set(ports.map(({ destination_port }) => destination_port))].sort((a, b) => a! - b!);
    if (met.length > 0)
      return {
        answer: "yes",
        confidence: 90,
        for: observed(
          desk.scene,
          `${countOf(met.length, "record")} of the source with the target's sign-in service${names.length > 0 ? ` (port ${firstNames(names, 6)})` : ""}.`,
          met,
        ),
        against: observed(
          desk.scene,
          "Refused on the way.",
          rows.filter((row) => contactOf(desk.scene, row) === "refused"),
        ),
        wouldChange: "Proof that the records are of another service.",
      };
    const { grounds, isCovered } = await coverageFor(desk, ["network", "sign-in"], {
      fromMs: -hourMs,
      toMs: hourMs,
    });
    if (!isCovered) return open("A firewall or sign-in log that covers the alert and sees the target.");
    return {
      answer: "no",
      confidence: 65,
      for: grounds,
      against: [],
      wouldChange: "A path around the sources named.",
    };
  },
} satisfies Question;

function sourceRows(desk: Desk): EventRow[] {
  const attackers = new Set(attackersOf(desk));
  return rowsOf(desk.pivots.filter(({ observable }) => attackers.has(observable.value))).filter(
    (row) => row.source_ip !== null && attackers.has(row.source_ip) && row.kind !== "alert",
  );
}

/** Are other machines targeted by the same source? */
export const moreTargets = {
  kind: "more-targets",
  options: ["yes", "no"],
  absences: ["no"],
  async answer(desk) {
    const { targets, failures } = readSignIns(desk);
    const rows = sourceRows(desk);
    const met = new Map<string, EventRow>();
    for (const row of [...failures, ...rows]) {
      const target = row.destination_ip ?? row.host?.toLowerCase();
      if (
        target &&
        (row.destination_ip === null || desk.scene.networks.isInternal(target)) &&
        !met.has(target)
      )
        met.set(target, row);
    }
    const names = withoutAliases(desk, new Set([...targets, ...met.keys()]));
    if (names.length >= 2)
      return {
        answer: "yes",
        confidence: 85,
        for: observed(desk.scene, `${countOf(names.length, "target")}: ${firstNames(names, 10)}.`, [
          ...met.values(),
        ]),
        against: [],
        wouldChange: "Proof that the names are one machine.",
      };
    const { grounds, isCovered } = await coverageFor(desk, ["network", "sign-in"], {
      fromMs: -hourMs,
      toMs: hourMs,
    });
    if (!isCovered || names.length === 0)
      return open(
        "A log that sees more than the one target: the firewall's, the domain controllers'.",
        observed(desk.scene, "The one target that the records show.", [...met.values()]),
      );
    return {
      answer: "no",
      confidence: 55,
      for: [...observed(desk.scene, "Only one target in the records.", [...met.values()]), ...grounds],
      against: [],
      wouldChange: "Attempts on a machine whose log was not collected.",
    };
  },
} satisfies Question;

/** A machine's name and its address are one target. */
function withoutAliases(desk: Desk, names: ReadonlySet<string>): string[] {
  const kept: string[] = [];
  for (const name of [...names].sort()) {
    const aliases = desk.subject.aliasesOf(name);
    if (!kept.some((one) => aliases.includes(one) || desk.subject.aliasesOf(one).includes(name)))
      kept.push(name);
  }
  return kept;
}

/** Did a sign-in succeed after the failures? */
export const signInSuccess = {
  kind: "sign-in-success",
  options: ["yes", "no"],
  absences: ["no"],
  async answer(desk) {
    const { pattern, failures, successes } = readSignIns(desk);
    const failed = observed(desk.scene, `${countOf(failures.length, "failed sign-in")} before.`, failures);
    if (successes.length > 0 && pattern === "mistyped")
      return {
        answer: "no",
        confidence: 55,
        for: observed(
          desk.scene,
          "The success is the account's own, after a few failures at a person's pace.",
          [...failures, ...successes],
        ),
        against: [],
        wouldChange: "The account's owner did not sign in at that time.",
      };
    if (successes.length > 0)
      return {
        answer: "yes",
        confidence: pattern === "few" ? 60 : 85,
        for: [
          ...observed(
            desk.scene,
            `The same source signed in as ${successes[0]!.user_name ?? "an account"} after failing.`,
            successes,
          ),
          ...failed,
        ],
        against: [],
        wouldChange: "The account's owner confirms the sign-in.",
        techniques: ["T1078"],
      };
    const { grounds, isCovered } = await coverageFor(desk, ["sign-in"], { fromMs: -hourMs, toMs: hourMs });
    if (!isCovered || failures.length === 0)
      return open("The target's sign-in log for the hours around and after the attempts.", failed);
    return {
      answer: "no",
      confidence: 75,
      for: [...failed, ...grounds],
      against: [],
      wouldChange: "A success on another machine, or after the window named.",
    };
  },
} satisfies Question;
