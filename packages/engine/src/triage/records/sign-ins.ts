import type { EventRow } from "../../findings/rows.ts";
import type { TriageContext } from "../context.ts";
import { rowsOf } from "./pivot.ts";
import { attackersOf } from "./web-requests.ts";

/** What a series of sign-ins looks like. "none": no failed sign-in at all. */
export type SignInPattern = "guessing" | "spraying" | "stale password" | "mistyped" | "few" | "none";

export interface SignIns {
  readonly pattern: SignInPattern;
  readonly failures: readonly EventRow[];
  /** Successes of the same source after its first failure. */
  readonly successes: readonly EventRow[];
  readonly targets: readonly string[];
  readonly accounts: readonly string[];
}

const dayMs = 86_400_000;
/** Attempts that a person would not make by hand. */
const manyFailures = 10;

/** Sign-ins of the alert's source (or, without one, of its account) within a day of the alert. */
export function readSignIns(context: TriageContext): SignIns {
  const attackers = new Set(attackersOf(context));
  const pivots = context.pivots.filter(
    ({ observable }) =>
      attackers.has(observable.value) || (attackers.size === 0 && observable.type === "account"),
  );
  const all = rowsOf(pivots).filter((row) => isSignIn(row) && isFromSource(row, attackers));
  const near = all.filter((row) => Math.abs(context.clock.gapOf(row) ?? 0) <= dayMs);
  const failures = near.filter((row) => row.outcome === "failure");
  const firstMs = failures.find(({ ms }) => ms !== null)?.ms ?? Number.MAX_SAFE_INTEGER;
  const successes = near.filter((row) => row.outcome === "success" && row.ms !== null && row.ms >= firstMs);
  const accounts = distinct(failures.map(({ user_name }) => user_name?.toLowerCase()));
  return {
    failures,
    successes,
    accounts,
    targets: distinct(failures.map((row) => row.destination_ip ?? row.host?.toLowerCase())),
    pattern: patternOf(context, all, failures, successes, accounts),
  };
}

/** A sign-in or its web form: by ECS category, else by the words of the action. */
function isSignIn(row: EventRow): boolean {
  if (row.outcome === null) return false;
  return (
    row.rest.includes('"authentication"') ||
    /log-?(i|o)n|sign-?in|auth/.test(row.action ?? "") ||
    (row.http_method === "POST" && /login|signin|auth|session|wp-login|owa/i.test(row.url ?? ""))
  );
}

function isFromSource(row: EventRow, attackers: ReadonlySet<string>): boolean {
  return (
    attackers.size === 0 || (row.source_ip !== null && attackers.has(row.source_ip)) || row.source_ip === null
  );
}

function patternOf(
  context: TriageContext,
  all: readonly EventRow[],
  failures: readonly EventRow[],
  successes: readonly EventRow[],
  accounts: readonly string[],
): SignInPattern {
  if (failures.length === 0) return "none";
  const isInside = failures.every(
    ({ source_ip }) => source_ip === null || context.scene.networks.isInternal(source_ip),
  );
  const earlier = all.filter((row) => (context.clock.gapOf(row) ?? 0) < -dayMs);
  const failedDays = new Set(
    earlier.filter(({ outcome }) => outcome === "failure").map((row) => Math.floor(row.ms! / dayMs)),
  );
  if (accounts.length === 1 && isInside && failedDays.size >= 3 && successes.length === 0)
    return "stale password";
  if (accounts.length >= 5) return "spraying";
  if (failures.length >= manyFailures) return "guessing";
  const isKnown = earlier.some(
    (row) => row.outcome === "success" && row.user_name?.toLowerCase() === accounts[0],
  );
  if (accounts.length <= 1 && successes.length > 0 && !isByMachine(failures) && (isKnown || isInside))
    return "mistyped";
  return isByMachine(failures) || failures.length >= 5 ? "guessing" : "few";
}

/** Several failures no more than three seconds apart: no one types so fast. */
function isByMachine(failures: readonly EventRow[]): boolean {
  const times = failures.flatMap(({ ms }) => (ms === null ? [] : [ms]));
  if (times.length < 2) return false;
  const gaps = times
    .slice(1)
    .map((ms, i) => ms - times[i]!)
    .sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)]! <= 3000;
}

function distinct(values: readonly (string | null | undefined)[]): string[] {
  return [...new Set(values.filter((one): one is string => typeof one === "string" && one !== ""))].sort();
}
