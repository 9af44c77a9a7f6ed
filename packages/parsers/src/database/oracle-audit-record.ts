import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../ecs/endpoint.ts";
import { rawField } from "../ecs/raw.ts";
import { kebabCase } from "../ecs/verdict.ts";
import { eventFields, loginFields } from "../text/rules.ts";

const maxPairs = 60;
const key = /([A-Z][A-Z0-9$_]{0,24}(?: [A-Z0-9]{1,16}){0,2}) ?: ?(?:\[(\d{1,7})\] ?)?(['"])/g;

/** Action codes of Oracle's AUDIT_ACTIONS that an incident turns on; the others keep their number. */
const actions: Readonly<Record<string, string>> = {
  "1": "CREATE TABLE",
  "2": "INSERT",
  "3": "SELECT",
  "6": "UPDATE",
  "7": "DELETE",
  "12": "DROP TABLE",
  "17": "GRANT OBJECT",
  "18": "REVOKE OBJECT",
  "30": "AUDIT OBJECT",
  "31": "NOAUDIT OBJECT",
  "35": "ALTER DATABASE",
  "43": "ALTER USER",
  "47": "PL/SQL EXECUTE",
  "49": "ALTER SYSTEM",
  "51": "CREATE USER",
  "52": "CREATE ROLE",
  "53": "DROP USER",
  "85": "TRUNCATE TABLE",
  "100": "LOGON",
  "101": "LOGOFF",
  "102": "LOGOFF BY CLEANUP",
  "104": "SYSTEM AUDIT",
  "105": "SYSTEM NOAUDIT",
  "108": "SYSTEM GRANT",
  "109": "SYSTEM REVOKE",
  "114": "GRANT ROLE",
  "115": "REVOKE ROLE",
};

const texts: Readonly<Record<string, string>> = {
  "DATABASE USER": "user.name",
  USERID: "user.name",
  DBUSER: "user.name",
  "CLIENT USER": "source.user.name",
  OS$USERID: "source.user.name",
  PRIVILEGE: "user.roles",
};

/** True for the text of a record of Oracle's audit trail, from a file or from syslog. */
export function looksLikeOracleAudit(text: string): boolean {
  return (
    /\bACTION ?: ?(?:\[\d{1,7}\] ?)?['"]/.test(text.slice(0, 4096)) &&
    /\b(?:DATABASE USER|USERID|DBID|DBUSER) ?:/.test(text)
  );
}

/**
 * Fields of `LENGTH : '160' ACTION :[7] 'CONNECT' DATABASE USER:[3] 'sys' …` (Oracle Database Security Guide, "operating
 * system audit trail"). The number in brackets is the length of the value, so that quotes within do not end it.
 */
export function readOracleAudit(text: string): Fields {
  return oracleAuditFields(readPairs(text));
}

/** The same of names and values that are told apart already. */
export function oracleAuditFields(pairs: ReadonlyMap<string, string>): Fields {
  const fields: Fields = classify(pairs);
  for (const [name, value] of pairs) {
    if (value === "" || name === "LENGTH") continue;
    if (Object.hasOwn(texts, name)) fields[texts[name]!] = name === "PRIVILEGE" ? [value] : value;
    else fields[rawField(name)] = value;
  }
  const address = pairs.get("CLIENT ADDRESS") ?? pairs.get("COMMENT$TEXT") ?? "";
  const host = /\(HOST=([^)]{1,255})\)/i.exec(address)?.[1];
  if (host !== undefined) setEndpoint(fields, "source", host, /\(PORT=(\d{1,5})\)/i.exec(address)?.[1]);
  const terminal = pairs.get("USERHOST");
  if (terminal && fields["source.domain"] === undefined) fields["source.domain"] = terminal;
  return fields;
}

function readPairs(text: string): Map<string, string> {
  const pairs = new Map<string, string>();
  const searched = text.slice(0, 1 << 20);
  key.lastIndex = 0;
  for (let match = key.exec(searched); match && pairs.size < maxPairs; match = key.exec(searched)) {
    const start = key.lastIndex;
    let end = match[2] === undefined ? -1 : start + Number(match[2]);
    // The length counts bytes: where it does not meet the quote, the next quote is taken.
    if (end < 0 || searched[end] !== match[3]) end = searched.indexOf(match[3]!, start);
    if (end < 0) end = searched.length;
    if (!pairs.has(match[1]!)) pairs.set(match[1]!, searched.slice(start, end));
    key.lastIndex = end + 1;
  }
  return pairs;
}

function classify(pairs: ReadonlyMap<string, string>): Fields {
  const recorded = pairs.get("ACTION") ?? pairs.get("ACTION NUMBER") ?? "";
  const number = /^\d{1,4}$/.test(recorded) ? recorded : pairs.get("ACTION NUMBER");
  const known = number !== undefined && Object.hasOwn(actions, number) ? actions[number] : undefined;
  const isStatement = number !== recorded && recorded !== "";
  const action = known ?? (isStatement ? recorded.split(/\s/, 2).join(" ") : recorded);
  const status = pairs.get("STATUS") ?? pairs.get("RETURNCODE") ?? pairs.get("RETURN CODE");
  const outcome = status === "0" ? "success" : "failure";
  const isLogin = action === "LOGON" || /^CONNECT$/i.test(recorded);
  const fields = isLogin
    ? loginFields(outcome)
    : eventFields(categoryOf(action), typeOf(action), kebabCase(action) || "audit");
  if (status !== undefined) {
    fields["event.outcome"] = outcome;
    if (status !== "0") fields["error.code"] = `ORA-${status.padStart(5, "0")}`;
  } else if (isLogin) delete fields["event.outcome"];
  if (number !== undefined) fields["event.code"] = number;
  if (isStatement && recorded.includes(" ")) fields.message = recorded;
  return fields;
}

function categoryOf(action: string): string {
  if (/^LOGOFF/.test(action)) return "session";
  if (/GRANT|REVOKE|USER|ROLE/i.test(action)) return "iam database";
  return /AUDIT|ALTER (?:SYSTEM|DATABASE)/i.test(action) ? "configuration database" : "database";
}

function typeOf(action: string): string {
  if (/^LOGOFF/.test(action)) return "end";
  if (/^CREATE/i.test(action)) return "creation";
  if (/^(?:DROP|TRUNCATE)/i.test(action)) return "deletion";
  return /ALTER|GRANT|REVOKE|AUDIT|^(?:INSERT|UPDATE|DELETE)/i.test(action) ? "change" : "access";
}
