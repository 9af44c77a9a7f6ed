import { isObject } from "@firebreak/model/collections";
import { checkSteps } from "./check-steps.ts";
import { identifier, type PlaybookProblem, typeName } from "./problem.ts";
import { checkVariables } from "./variables.ts";

/** Members of a playbook, section 3.1; the schema closes the set (`unevaluatedProperties: false`). */
const members: Record<string, "text" | "identifier" | "timestamp" | "list" | "object" | "flag" | "percent"> =
  {
    type: "text",
    spec_version: "text",
    id: "identifier",
    name: "text",
    description: "text",
    playbook_types: "list",
    playbook_activities: "list",
    playbook_processing_summary: "object",
    created_by: "identifier",
    created: "timestamp",
    modified: "timestamp",
    revoked: "flag",
    valid_from: "timestamp",
    valid_until: "timestamp",
    derived_from: "list",
    related_to: "list",
    priority: "percent",
    severity: "percent",
    impact: "percent",
    industry_sectors: "list",
    labels: "list",
    external_references: "list",
    markings: "list",
    playbook_variables: "object",
    workflow_start: "identifier",
    workflow_exception: "identifier",
    workflow: "object",
    playbook_extensions: "object",
    authentication_info_definitions: "object",
    agent_definitions: "object",
    target_definitions: "object",
    extension_definitions: "object",
    data_marking_definitions: "object",
    signatures: "list",
  };
const required = [
  "type",
  "spec_version",
  "id",
  "name",
  "created_by",
  "created",
  "modified",
  "workflow_start",
  "workflow",
];

/** RFC 3339 in UTC, section 10.17. */
const timestamp =
  /^\d{4}-(0[1-9]|1[012])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z$/;
/** Dictionaries whose keys are ids of one kind. */
const dictionaries: Record<string, RegExp> = {
  agent_definitions: identifier(
    "group|http-api|individual|linux|location|net-address|organization|sector|security-category|ssh",
  ),
  target_definitions: identifier(
    "group|http-api|individual|linux|location|net-address|organization|sector|security-category|ssh",
  ),
  extension_definitions: identifier("extension-definition"),
  playbook_extensions: identifier("extension-definition"),
  data_marking_definitions: identifier("marking-tlp|marking-iep|marking-statement"),
  authentication_info_definitions: identifier("http-basic|oauth2|user-auth"),
};

/**
 * Checks a document against what the OASIS schema of CACAO 2.0 asks (oasis-open/cacao-json-schemas) and what the
 * specification asks beyond it: references that resolve, a start, an end that every path reaches. Empty: valid.
 */
export function checkPlaybook(value: unknown): PlaybookProblem[] {
  if (!isObject(value)) return [{ place: "/", problem: "a playbook is a JSON object" }];
  const problems: PlaybookProblem[] = [];
  for (const name of required)
    if (!(name in value)) problems.push({ place: `/${name}`, problem: "required (section 3.1)" });
  for (const [name, member] of Object.entries(value)) {
    const kind = Object.hasOwn(members, name) ? members[name] : undefined;
    if (kind === undefined)
      problems.push({ place: `/${name}`, problem: "no member of a playbook (section 3.1)" });
    else if (!fits(kind, member)) problems.push({ place: `/${name}`, problem: `expected ${expected[kind]}` });
  }
  if (value.type !== "playbook") problems.push({ place: "/type", problem: 'must be "playbook"' });
  if (value.spec_version !== "cacao-2.0")
    problems.push({ place: "/spec_version", problem: 'must be "cacao-2.0"' });
  if (typeof value.id === "string" && !identifier("playbook").test(value.id))
    problems.push({ place: "/id", problem: "must be playbook--UUID" });
  problems.push(
    ...checkDictionaries(value),
    ...checkVariables(value.playbook_variables, "/playbook_variables"),
  );
  problems.push(...checkSummary(value.playbook_processing_summary));
  if (isObject(value.workflow))
    problems.push(...checkActivities(value, value.workflow), ...checkSteps(value, value.workflow));
  return problems;
}

/** Section 3.1.3: every member says whether the playbook uses a feature. */
function checkSummary(summary: unknown): PlaybookProblem[] {
  if (!isObject(summary)) return [];
  return Object.entries(summary)
    .filter(([, flag]) => typeof flag !== "boolean")
    .map(([name]) => ({
      place: `/playbook_processing_summary/${name}`,
      problem: `expected ${expected.flag}`,
    }));
}

/** Section 3.1: each activity that is listed must be reflected in a step. */
function checkActivities(
  { playbook_activities: listed }: Record<string, unknown>,
  workflow: Record<string, unknown>,
): PlaybookProblem[] {
  if (!Array.isArray(listed)) return [];
  const carried = new Set(
    Object.values(workflow).flatMap((step) =>
      isObject(step) && Array.isArray(step.commands)
        ? step.commands.map((command: unknown) => (isObject(command) ? command.playbook_activity : undefined))
        : [],
    ),
  );
  return listed
    .filter((activity) => !carried.has(activity))
    .map((activity) => ({
      place: "/playbook_activities",
      problem: `no step carries the activity ${JSON.stringify(activity)}`,
    }));
}

const expected: Record<string, string> = {
  text: "a text",
  identifier: "an identifier, type--UUID",
  timestamp: "an RFC 3339 time in UTC that ends with Z",
  list: "a list with at least one item",
  object: "an object",
  flag: "true or false",
  percent: "a whole number from 0 to 100",
};

function fits(kind: string, value: unknown): boolean {
  if (kind === "text") return typeof value === "string";
  if (kind === "identifier") return typeof value === "string" && typeName.test(value);
  if (kind === "timestamp") return typeof value === "string" && timestamp.test(value);
  if (kind === "list") return Array.isArray(value) && value.length > 0;
  if (kind === "flag") return typeof value === "boolean";
  if (kind === "percent")
    return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 100;
  return isObject(value);
}

function checkDictionaries(playbook: Record<string, unknown>): PlaybookProblem[] {
  const problems: PlaybookProblem[] = [];
  for (const [name, pattern] of Object.entries(dictionaries)) {
    const dictionary = playbook[name];
    if (!isObject(dictionary)) continue;
    for (const [key, entry] of Object.entries(dictionary)) {
      if (!pattern.test(key))
        problems.push({ place: `/${name}/${key}`, problem: "no identifier of this kind" });
      if (!isObject(entry)) problems.push({ place: `/${name}/${key}`, problem: "expected an object" });
      else problems.push(...checkEntry(name, key, entry));
    }
  }
  for (const key of Object.keys(isObject(playbook.playbook_extensions) ? playbook.playbook_extensions : {}))
    if (!isObject(playbook.extension_definitions) || !(key in playbook.extension_definitions))
      problems.push({
        place: `/playbook_extensions/${key}`,
        problem: "not defined in extension_definitions",
      });
  return problems;
}

/** Sections 7.1 (agents and targets) and 8 (extensions). */
function checkEntry(name: string, key: string, entry: Record<string, unknown>): PlaybookProblem[] {
  const wanted = name.endsWith("extension_definitions")
    ? ["type", "name", "created_by", "schema", "version"]
    : /agent|target/.test(name)
      ? ["type", "name"]
      : [];
  return wanted
    .filter((member) => typeof entry[member] !== "string")
    .map((member) => ({ place: `/${name}/${key}/${member}`, problem: "required, a text" }));
}
