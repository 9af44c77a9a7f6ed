import { compareText, getOrMake } from "@firebreak/model/collections";
import type { EventDraft, FieldValue } from "@firebreak/model/event";
import type { RecordFacts } from "./read.ts";
import { emptySpan, extend, type Span } from "./span.ts";

/** Who signed in where, from where and how, with how often it went well or badly. */
export interface SignInRow extends Span {
  readonly outcome: "success" | "failure";
  readonly account: string;
  /** Where the sign-in was to. */
  readonly target: string;
  /** Address, else the machine's name, that it came from; "" when nothing tells. */
  readonly source: string;
  /** "3 network" of Windows, else the recorded action. */
  readonly method: string;
}

/** Windows logon types ([MS-GPSB] and the audit documentation of 4624). */
const logonTypes: Readonly<Record<string, string>> = {
  0: "system",
  2: "interactive",
  3: "network",
  4: "batch",
  5: "service",
  7: "unlock",
  8: "network, clear text",
  9: "new credentials",
  10: "remote desktop",
  11: "cached",
  12: "cached remote desktop",
  13: "cached unlock",
};

/** More kinds of sign-in than a person reads; what is beyond is counted in `omitted`. */
const rowsMax = 200_000;

/** Sums up sign-ins of any log. Ends of sessions, rights that go with a session and ticket traffic are none. */
export class SignInTally {
  readonly #rows = new Map<string, SignInRow>();
  /** Kinds of record that turned out to be sign-ins or not, so that others are not converted. */
  readonly #isSignInKind = new Map<string, boolean>();
  omitted = 0;

  add(facts: RecordFacts): void {
    const kind = `${facts.log}\0${facts.provider}\0${facts.code}`;
    // Windows says by provider and id what a record is; other logs need each record.
    const isKnown = facts.provider !== "" && this.#isSignInKind.get(kind) === false;
    if (isKnown) return;
    const event = facts.event();
    const isSignIn = isSignInEvent(event);
    if (facts.provider !== "" && !this.#isSignInKind.has(kind)) this.#isSignInKind.set(kind, isSignIn);
    if (isSignIn) this.#count(facts, event.fields);
  }

  #count(facts: RecordFacts, fields: EventDraft["fields"]): void {
    const key = {
      outcome: fields["event.outcome"] === "failure" ? ("failure" as const) : ("success" as const),
      account: accountOf(fields),
      target: facts.computer,
      source: first(fields, "source.ip", "source.domain", "source.address"),
      method: methodOf(fields),
    };
    const name = Object.values(key).join("\0");
    if (!this.#rows.has(name) && this.#rows.size >= rowsMax) {
      this.omitted++;
      return;
    }
    extend(
      getOrMake(this.#rows, name, () => ({ ...key, ...emptySpan() })),
      facts.time,
    );
  }

  /** Most frequent first. */
  rows(): SignInRow[] {
    return [...this.#rows.values()].sort(
      (a, b) =>
        b.count - a.count ||
        compareText(a.account, b.account) ||
        compareText(a.source, b.source) ||
        compareText(a.target, b.target) ||
        compareText(a.method, b.method) ||
        compareText(a.outcome, b.outcome),
    );
  }
}

const notStarts = new Set(["logged-in-special", "session-closed"]);

function isSignInEvent({ fields }: Pick<EventDraft, "fields">): boolean {
  const list = (name: string) => [fields[name] ?? []].flat().map(String);
  const outcome = fields["event.outcome"];
  return (
    list("event.category").includes("authentication") &&
    (outcome === "success" || outcome === "failure") &&
    !list("event.type").includes("end") &&
    !notStarts.has(String(fields["event.action"]))
  );
}

function accountOf(fields: EventDraft["fields"]): string {
  const name = first(fields, "user.name", "user.email", "user.id");
  const domain = first(fields, "user.domain");
  return domain === "" || name === "" || name.includes("@") ? name : `${domain}\\${name}`;
}

function methodOf(fields: EventDraft["fields"]): string {
  const type = first(fields, "winlog.event_data.LogonType");
  if (type !== "") return Object.hasOwn(logonTypes, type) ? `${type} ${logonTypes[type]}` : type;
  return first(fields, "event.action", "network.protocol");
}

function first(fields: Readonly<Record<string, FieldValue>>, ...names: string[]): string {
  for (const name of names) {
    const value = fields[name];
    if (value !== undefined && value !== "" && value !== "-") return String(value);
  }
  return "";
}
