import type { Fields } from "@firebreak/model/event";
import { portOf } from "../ecs/address-port.ts";
import { type Side, setAddressPort, setEndpoint } from "../ecs/endpoint.ts";
import { setUrl } from "../ecs/url.ts";
import { isAbsent } from "./absent.ts";
import { integerOf } from "./numbers.ts";

/** One wording of a message: an anchored pattern, where its groups go, and the fields that every match has. */
export interface TextRule {
  readonly pattern: RegExp;
  readonly groups: readonly string[];
  readonly fields: Fields;
}

/**
 * `groups` names the target of each capture group, in order, separated by spaces: a field name; "source" or "destination" for an address;
 * "source:port" for an address with a port; "<field>:n" for an integer; "url" for a URL; "." for a group that is not kept.
 */
export function rule(pattern: RegExp, groups: string, fields: Fields): TextRule {
  return { pattern, groups: groups === "" ? [] : groups.split(" "), fields };
}

/** A wording fits in this; patterns are not run over more of a hostile message. */
export const maxRuleChars = 8192;

/** Fields of the first rule whose pattern matches; undefined when none does. */
export function applyRules(rules: readonly TextRule[], text: string): Fields | undefined {
  const head = text.length > maxRuleChars ? text.slice(0, maxRuleChars) : text;
  for (const { pattern, groups, fields: constant } of rules) {
    const match = pattern.exec(head);
    if (!match) continue;
    const fields: Fields = { ...constant };
    for (let i = 0; i < groups.length; i++) {
      const value = match[i + 1];
      if (value !== undefined && !isAbsent(value)) put(fields, groups[i]!, value);
    }
    return fields;
  }
  return undefined;
}

function put(fields: Fields, target: string, value: string): void {
  if (target === ".") return;
  if (target === "source" || target === "destination") setEndpoint(fields, target, value);
  else if (target === "source.port" || target === "destination.port") {
    const port = portOf(value);
    if (port !== undefined) fields[target] = port;
  } else if (target.endsWith(":port")) setAddressPort(fields, target.slice(0, -5) as Side, value);
  else if (target.endsWith(":n")) {
    const number = integerOf(value);
    if (number !== undefined) fields[target.slice(0, -2)] = number;
  } else if (target === "url") setUrl(fields, value);
  else fields[target] = value;
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
