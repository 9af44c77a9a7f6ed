import type { EntityType } from "@firebreak/model/picture";
import type { TriageArtifact, TriageStep } from "@firebreak/model/triage";
import type { AlertObservable } from "../../alerts/alert.ts";
import type { EventRow } from "../../findings/rows.ts";
import { suspectEnds } from "../questions/far-end-accessed.ts";
import type { Desk } from "../questions/question.ts";
import { attackersOf } from "./web-requests.ts";

const shown = 10;

/** What is kept of the alert for others to search and block by, each with its role and why it has it. */
export function artifactsOf(desk: Desk, steps: readonly TriageStep[]): TriageArtifact[] {
  const out = new Map<string, TriageArtifact>();
  const add = (
    type: EntityType,
    value: string,
    role: string,
    reason: string,
    found: { rows: readonly EventRow[]; count: number },
  ) => {
    const key = `${type} ${value.toLowerCase()}`;
    if (out.has(key)) return;
    const events = found.rows.slice(0, shown).map(desk.scene.cite);
    out.set(key, { type, value, role, reason, events, eventsOmitted: found.count - events.length });
  };
  const answer = (kind: string) => steps.find((step) => step.kind === kind)?.answer;
  const accessed = answer("far-end-accessed") ?? answer("mail-opened");
  for (const end of desk.alert.kind === "sprint" ? [] : suspectEnds(desk)) {
    const role = end.isCommon ? "contacted service, in common use" : farRole(desk, accessed, end.strength);
    add(
      end.type,
      end.value,
      role,
      end.why
        .map(({ text }) => text)
        .slice(0, 3)
        .join(" "),
      end,
    );
  }
  for (const pivot of desk.pivots) {
    const { observable } = pivot;
    if (observable.role === "mentioned") continue;
    const type: EntityType = observable.type === "mailbox" ? "account" : observable.type;
    add(type, observable.value, roleOf(desk, observable), `The alert names it (${observable.field}).`, pivot);
  }
  for (const address of desk.subject.addresses)
    add("address", address, "affected address", `An address of ${desk.subject.name}.`, {
      rows: [],
      count: 0,
    });
  return [...out.values()];
}

/** Only intelligence, or a product that names it, makes a far end a command and control server; time alone suspects it. */
const establishedStrength = 65;

function farRole(desk: Desk, accessed: string | undefined, strength: number): string {
  if (desk.alert.kind === "phishing") return "phishing link";
  if (desk.alert.kind === "exfiltration") return "destination of the data";
  if (desk.alert.kind === "web-attack" || desk.alert.kind === "brute-force") return "attacker address";
  if (accessed !== "accessed" && accessed !== "opened")
    return "suspected command and control, no contact shown";
  return strength >= establishedStrength ? "command and control" : "suspected command and control";
}

function roleOf(desk: Desk, { type, role, value }: AlertObservable): string {
  if (type === "hash") return "file hash";
  if (type === "file") return "file name";
  if (type === "mailbox") return role === "recipient" ? "recipient" : "sender";
  if (type === "host") return "affected host";
  if (type === "account") return "affected account";
  if (type !== "address") return "requested address";
  const isOwn = desk.scene.networks.isInternal(value);
  if (attackersOf(desk).includes(value) && !isOwn)
    return desk.alert.kind === "phishing" ? "sending server" : "source address";
  return isOwn ? (role === "source" ? "source address" : "affected address") : "destination address";
}
