import type { Condition } from "../condition/tree.ts";
import type { Taxonomy } from "../taxonomy/types.ts";

/** Event data names that rules often ask for and that need no mapping. */
const commonNames = [
  "AccessMask",
  "Action",
  "Accesses",
  "AuthenticationPackageName",
  "CallTrace",
  "ContextInfo",
  "Data",
  "DeviceDescription",
  "EventType",
  "FailureCode",
  "FileName",
  "GrantedAccess",
  "Hashes",
  "HostApplication",
  "ImagePath",
  "Initiated",
  "IntegrityLevel",
  "IpAddress",
  "IpPort",
  "KeyLength",
  "LogonGuid",
  "LogonProcessName",
  "LogonType",
  "NewProcessName",
  "Name",
  "NewName",
  "ObjectName",
  "ObjectType",
  "ObjectServer",
  "ParentProcessName",
  "ParentUser",
  "Path",
  "Payload",
  "payload",
  "PipeName",
  "PrivilegeList",
  "ProcessName",
  "Query",
  "QueryResults",
  "RelativeTargetName",
  "RuleName",
  "ServiceFileName",
  "ServiceName",
  "ServiceType",
  "ShareName",
  "SignatureStatus",
  "Signed",
  "SourceImage",
  "StartFunction",
  "StartModule",
  "StartType",
  "Status",
  "SubjectDomainName",
  "SubjectLogonId",
  "SubjectUserName",
  "SubjectUserSid",
  "SubStatus",
  "TargetDomainName",
  "TargetImage",
  "TargetProcessAddress",
  "TargetServerName",
  "TargetUserName",
  "TargetUserSid",
  "TaskContent",
  "TaskName",
  "ThreatName",
  "TicketEncryptionType",
  "TicketOptions",
  "Type",
  "UserName",
  "WorkstationName",
];

export function fieldsOf(node: Condition, found = new Set<string>()): Set<string> {
  if (node.kind === "field") {
    found.add(node.field);
    for (const test of node.tests) if (test.op === "field-ref") found.add(test.field);
  } else if (node.kind === "not") fieldsOf(node.item, found);
  else if (node.kind === "and" || node.kind === "or") for (const item of node.items) fieldsOf(item, found);
  return found;
}

/** Suggests the known name that a field name is probably a slip of. */
export function fieldChecker(taxonomy: Taxonomy): (field: string) => string | undefined {
  const known = new Set([...commonNames, ...taxonomy.fields.flatMap(({ names }) => Object.keys(names))]);
  const byLower = new Map([...known].map((name) => [name.toLowerCase(), name]));
  return (field) => {
    if (known.has(field)) return undefined;
    const sameLetters = byLower.get(field.toLowerCase());
    if (sameLetters !== undefined) return sameLetters;
    if (field.length < 8) return undefined;
    return [...known].find((name) => name.length >= 8 && isOneEditApart(name, field));
  };
}

/** One letter more, less, or other; or two neighbours swapped. */
function isOneEditApart(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  let ends = [left.length, right.length] as [number, number];
  while (ends[0] > start && ends[1] > start && left[ends[0] - 1] === right[ends[1] - 1]) {
    ends = [ends[0] - 1, ends[1] - 1];
  }
  const [a, b] = [left.slice(start, ends[0]), right.slice(start, ends[1])];
  if (a.length <= 1 && b.length <= 1) return true;
  return a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
}
