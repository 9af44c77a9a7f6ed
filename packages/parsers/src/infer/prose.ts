import type { Fields } from "@firebreak/model/event";
import { setFile } from "../ecs/parts.ts";
import { findAddresses } from "../text/find-addresses.ts";
import { findFileAct } from "./prose-file.ts";
import { findParties } from "./prose-parties.ts";
import { findSignIn } from "./prose-sign-in.ts";
import { findUser } from "./prose-user.ts";

/** What is read out of sentences is less sure than what stands in a column. */
const confidence = 0.6;
/** Longer than any sentence that names who did what; a stack trace behind it says nothing of that. */
const maxRead = 2048;
/** Most messages of services name nobody: one search tells. */
const worthReading = /\d\.\d|::|\b(?:user|login|logon|log|logged|sign|signed|auth|account|password)/i;

/**
 * What the message of an unknown program says in words: whose account, from where to where, and whether somebody signed in ("Failed
 * login for user bob from 203.0.113.9 port 4022"), or what was done to a file. Every address that it names becomes `related.ip`. What stands already is left
 * alone; what is told has its confidence in `firebreak.inference.<field>`.
 */
export function describeProse(fields: Fields, message: string): void {
  const text = message.length > maxRead ? message.slice(0, maxRead) : message;
  if (!worthReading.test(text)) return;
  const addresses = findAddresses(message);
  if (addresses.length > 0) fields["related.ip"] ??= addresses;
  const signIn = findSignIn(text);
  if (addresses.length > 0) {
    const { source, destination } = findParties(text, addresses, signIn !== undefined);
    if (source !== undefined) tellParty(fields, "source", source);
    if (destination !== undefined) tellParty(fields, "destination", destination);
  }
  const user = findUser(text, signIn !== undefined);
  if (user !== undefined) tell(fields, "user.name", user);
  const isBorne = fields["user.name"] !== undefined || fields["source.ip"] !== undefined;
  if (!isBorne || fields["event.category"] !== undefined) return;
  if (signIn !== undefined) {
    tellKind(fields, "authentication", signIn.type, signIn.action);
    if (signIn.outcome !== undefined) tell(fields, "event.outcome", signIn.outcome);
    return;
  }
  const act = findFileAct(text);
  if (act === undefined) return;
  tellKind(fields, "file", act.type, act.action);
  setFile(fields, "file", act.path);
}

function tellKind(fields: Fields, category: string, type: string, action: string): void {
  fields["event.category"] = [category];
  fields["event.type"] ??= [type];
  fields["event.action"] ??= action;
  fields["firebreak.inference.event.category"] = confidence;
}

function tellParty(fields: Fields, side: "source" | "destination", party: { ip: string; port?: number }) {
  if (fields[`${side}.ip`] !== undefined || fields[`${side}.domain`] !== undefined) return;
  tell(fields, `${side}.ip`, party.ip);
  if (party.port !== undefined) tell(fields, `${side}.port`, party.port);
}

function tell(fields: Fields, field: string, value: string | number): void {
  if (fields[field] !== undefined) return;
  fields[field] = value;
  fields[`firebreak.inference.${field}`] = confidence;
}
