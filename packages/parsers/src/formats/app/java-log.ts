import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import { cleanIp } from "../../ecs/ip.ts";
import { rawField } from "../../ecs/raw.ts";
import { addRelated } from "../../ecs/related.ts";
import { describeProse } from "../../infer/prose.ts";
import { readTimeValue } from "../../infer/time-value.ts";
import { readKeycloakType } from "../../json-products/identity-audit.ts";
import { isContinuation } from "../../text/continuation.ts";
import { setDeployment } from "../../web/tomcat-message.ts";

const stamp =
  "(\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d[.,]\\d{3,9}(?:Z|[+-]\\d\\d:?\\d\\d)?|\\d\\d-[A-Z][a-z]{2}-\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{3})";
const levels = "(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE|CONFIG|FINE|FINER|FINEST)";
const head = `^\\[?${stamp}\\]? +`;

interface Layout {
  readonly pattern: RegExp;
  /** Groups of level, thread, logger and message. */
  readonly groups: readonly [number, number, number, number];
}

/** Log4j, Logback, JBoss, Tomcat (juli), Spring Boot, Confluence and Jira. */
const layouts: readonly Layout[] = [
  {
    pattern: new RegExp(
      `${head}\\[?${levels}\\]? +\\[([^\\]]{1,200})\\] +\\[([\\w.$-]{1,200})\\] +([\\s\\S]*)$`,
    ),
    groups: [2, 3, 4, 5],
  },
  {
    pattern: new RegExp(
      `${head}\\[?${levels}\\]? +(?:\\d{1,10} --- )?\\[([^\\]]{1,200})\\] +([\\w.$/<>-]{1,200}(?:\\(\\))?) *[:-]? +([\\s\\S]*)$`,
    ),
    groups: [2, 3, 4, 5],
  },
  {
    pattern: new RegExp(
      `${head}\\[?${levels}\\]? +\\[([\\w.$-]{1,200})\\] +\\(([^)]{1,200})\\) +([\\s\\S]*)$`,
    ),
    groups: [2, 4, 3, 5],
  },
  {
    pattern: new RegExp(`${head}\\[([^\\]]{1,200})\\] +${levels} +([\\w.$/-]{1,200}) *[:-]? +([\\s\\S]*)$`),
    groups: [3, 2, 4, 5],
  },
];

/** Logs of Java servers in the layouts of Log4j, Logback, JBoss, Tomcat and Spring Boot, with their stack traces; Keycloak's events. */
export const format = {
  kind: "line",
  name: "app/java-log",
  title: "Java server log (Log4j, Logback, JBoss, Tomcat, Spring Boot, Keycloak)",
  version: 1,
  notes:
    "By time, level, [thread] and logger. Stack traces join their line. Local time of the server unless a zone is written.",
  sniff(line) {
    const code = line.charCodeAt(0);
    if ((code < 48 || code > 57) && code !== 91) return 0;
    return layouts.some(({ pattern }) => pattern.test(line)) ? 0.6 : 0;
  },
  open(context) {
    return new JavaParser(context);
  },
} satisfies LineFormat;

class JavaParser implements LineParser {
  readonly #context: ParseContext;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  continues(_pending: string, line: string): boolean {
    return isContinuation(line);
  }

  parse(record: string): LineResult {
    for (const { pattern, groups } of layouts) {
      const match = pattern.exec(record);
      if (!match) continue;
      const time = readTimeValue(match[1]!, this.#context.time);
      if (!time) return { reject: "no valid time" };
      const [level, thread, logger, message] = groups;
      const fields = fieldsOf(match[level]!, match[thread]!, match[logger]!, match[message]!);
      const isKeycloak = setKeycloak(fields, match[message]!);
      if (!isKeycloak) {
        setDeployment(fields, match[message]!);
        describeProse(fields, match[message]!);
      }
      addRelated(fields);
      return { dataset: isKeycloak ? "application/keycloak" : "app/java-log", time, fields };
    }
    return undefined;
  }
}

function fieldsOf(level: string, thread: string, logger: string, message: string): Fields {
  const fields: Fields = {
    "event.kind": "event",
    "log.level": level.toLowerCase(),
    "log.logger": logger,
    "process.thread.name": thread.trim(),
    message,
  };
  // Tomcat writes class and method: "org.apache.catalina.startup.Catalina.start".
  const method = /\.[A-Z][\w$]*\.([a-z]\w{0,60}|<init>)$/.exec(logger)?.[1];
  if (method !== undefined) fields["log.origin.function"] = method;
  const failure = /^((?:[\w$]{1,60}\.){1,12}[\w$]{1,60}(?:Exception|Error))\b/m.exec(
    message.slice(0, 65_536),
  );
  if (failure) fields["error.type"] = failure[1]!;
  return fields;
}

/** "type=LOGIN_ERROR, realmId=x, ipAddress=192.0.2.1, username=bob": Keycloak's event listener; values may be quoted. */
function setKeycloak(fields: Fields, message: string): boolean {
  if (!/^(?:type|operationType)="?[A-Z_]{2,60}"?, /.test(message)) return false;
  const pairs = new Map<string, string>();
  for (const match of message.slice(0, 16_384).matchAll(/(\w{1,60})=("[^"]*"|[^,\s]*)/g)) {
    const value = match[2]!.replace(/^"|"$/g, "");
    if (value !== "null" && value !== "" && pairs.size < 200) pairs.set(match[1]!, value);
  }
  readKeycloakType(pairs.get("type") ?? pairs.get("operationType"), fields);
  const type = pairs.get("type");
  if (type !== undefined) fields["event.code"] = type;
  const ip = cleanIp(pairs.get("ipAddress") ?? "");
  if (ip !== undefined) fields["source.ip"] = ip;
  const texts = {
    username: "user.name",
    userId: "user.id",
    error: "event.reason",
    realmId: "organization.id",
    clientId: "service.name",
  };
  for (const [name, field] of Object.entries(texts)) {
    const value = pairs.get(name);
    if (value !== undefined) fields[field] = value;
  }
  for (const [name, value] of pairs) fields[rawField(name)] = value;
  return true;
}
