import { isRecord, type Json, textAt } from "../loose.ts";
import type { Observable } from "../observable.ts";
import { type KeyNeed, notKnown, type ReadDocument, unreadable } from "../provider.ts";

/** One key of abuse.ch serves URLhaus, ThreatFox and MalwareBazaar (https://auth.abuse.ch/). */
export const abuseChKey: KeyNeed = {
  variable: "FIREBREAK_ABUSECH_KEY",
  isRequired: true,
  headers: (key) => ({ "Auth-Key": key }),
};

export const abuseChTerms = "Fair use; commercial use of abuse.ch data needs its paid service.";

const unknowing = new Set(["no_results", "no_result", "hash_not_found", "not_found", "file_not_found"]);

/** abuse.ch says in `query_status` what became of a question; undefined when it was answered. */
export function statusOf(json: unknown, part: string, about: Observable | null): ReadDocument | undefined {
  const status = textAt(json, "query_status");
  if (status === undefined || status === "ok" || status === "is_host") return undefined;
  if (unknowing.has(status)) return notKnown(part, about ?? undefined);
  const told = /auth/.test(status) ? `the key was refused (${status}): check ${abuseChKey.variable}` : status;
  return unreadable(part, told);
}

/** True for a bare `{ query_status: "no_results" }`, which says not even which service spoke. */
export function isBareStatus(json: unknown): json is Json {
  return isRecord(json) && Object.hasOwn(json, "query_status");
}
