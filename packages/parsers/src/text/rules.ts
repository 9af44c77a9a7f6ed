import type { Fields } from "@firebreak/model/event";
import { portOf } from "../ecs/address-port.ts";
import { type Side, setAddressPort, setEndpoint } from "../ecs/endpoint.ts";
import { noFields } from "../ecs/shape.ts";
import { setUrl } from "../ecs/url.ts";
import { isAbsent } from "./absent.ts";
import { integerOf } from "./numbers.ts";

/** One wording of a message: an anchored pattern, where its groups go, and the fields that every match has. */
export interface TextRule {
  readonly pattern: RegExp;
  readonly groups: readonly Group[];
  readonly fields: Fields;
}

/** Where a capture group goes, and as what. */
interface Group {
  readonly kind:
    | "text"
    | "integer"
    | "port"
    | "endpoint"
    | "address-port"
    | "url"
    | "time"
    | "name"
    | "unkept";
  readonly field: string;
}

/**
 * `groups` names the target of each capture group, in order, separated by spaces: a field name; "source" or "destination" for an address;
 * "source:port" for an address with a port; "<field>:n" for an integer; "url" for a URL; "." for a group that is not kept; "@" for a text
 * that the caller reads himself, as the recorded time: `applyTimedRules` gives it back.
 */
export function rule(pattern: RegExp, groups: string, fields: Fields): TextRule {
  return {
    pattern,
    groups: groups === "" ? [] : groups.split(" ").map(groupOf),
    fields: { ...noFields, ...fields },
  };
}

function groupOf(target: string): Group {
  if (target === ".") return { kind: "unkept", field: "" };
  if (target === "@") return { kind: "time", field: "" };
  if (target === "url") return { kind: "url", field: "" };
  if (target === "source" || target === "destination") return { kind: "endpoint", field: target };
  if (target === "source.port" || target === "destination.port") return { kind: "port", field: target };
  if (target === "source.domain" || target === "destination.domain") return { kind: "name", field: target };
  if (target.endsWith(":port")) return { kind: "address-port", field: target.slice(0, -5) };
  if (target.endsWith(":n")) return { kind: "integer", field: target.slice(0, -2) };
  return { kind: "text", field: target };
}

/** A wording fits in this; patterns are not run over more of a hostile message. */
export const maxRuleChars = 8192;

/** Fields of the first rule whose pattern matches; undefined when none does. */
export function applyRules(rules: readonly TextRule[], text: string): Fields | undefined {
  return applyTimedRules(rules, text)?.fields;
}

/** The same with the text of the group "@"; `recorded` is undefined when the rule that matched has none, or it is absent. */
export function applyTimedRules(
  rules: readonly TextRule[],
  text: string,
): { fields: Fields; recorded: string | undefined } | undefined {
  const head = text.length > maxRuleChars ? text.slice(0, maxRuleChars) : text;
  for (const { pattern, groups, fields: constant } of rules) {
    const match = pattern.exec(head);
    if (!match) continue;
    const fields: Fields = { ...constant };
    let recorded: string | undefined;
    for (let i = 0; i < groups.length; i++) {
      const value = match[i + 1];
      if (value === undefined || isAbsent(value)) continue;
      const group = groups[i]!;
      if (group.kind === "time") recorded = value;
      else put(fields, group, value);
    }
    return { fields, recorded };
  }
  return undefined;
}

function put(fields: Fields, { kind, field }: Group, value: string): void {
  if (kind === "text") fields[field] = value;
  else if (kind === "name") {
    // Mail and FTP servers print so that the address has no name.
    if (value !== "unknown") fields[field] = value;
  } else if (kind === "endpoint") setEndpoint(fields, field as Side, value);
  else if (kind === "address-port") setAddressPort(fields, field as Side, value);
  else if (kind === "url") setUrl(fields, value);
  else if (kind !== "unkept") {
    const number = kind === "port" ? portOf(value) : integerOf(value);
    if (number !== undefined) fields[field] = number;
  }
}

/** Constant fields of a login, by outcome. */
export function loginFields(
  outcome: "success" | "failure",
  action = outcome === "success" ? "login" : "login-failed",
): Fields {
  return {
    "event.category": ["authentication"],
    "event.type": [outcome === "success" ? "start" : "info"],
    "event.action": action,
    "event.outcome": outcome,
  };
}

/** Constant fields of an event of the given category, types and action. */
export function eventFields(category: string, type: string, action: string, more: Fields = {}): Fields {
  return {
    "event.category": category.split(" "),
    "event.type": type.split(" "),
    "event.action": action,
    ...more,
  };
}
