import type { SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/slapd";
const id = "^conn=(\\d{1,10})(?: (?:op|fd)=(\\d{1,10}))? ";
const ids = "firebreak.raw.connection firebreak.raw.operation";

const rules = [
  rule(
    new RegExp(`${id}ACCEPT from IP=(\\S{1,80}) \\(IP=(\\S{1,80})\\)`),
    `${ids} source:port destination:port`,
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    new RegExp(`${id}closed(?: \\((.{1,100})\\))?`),
    `${ids} event.reason`,
    eventFields("network", "connection end", "connection-closed"),
  ),
  rule(
    new RegExp(`${id}BIND dn="([^"]{1,1000})"`),
    `${ids} user.name`,
    eventFields("authentication", "start", "ldap-bind"),
  ),
  rule(new RegExp(`${id}RESULT tag=97 err=0\\b`), ids, loginFields("success", "ldap-bind-result")),
  rule(
    new RegExp(`${id}RESULT tag=97 err=(\\d{1,4}).*? text=(.{0,200})$`),
    `${ids} error.code event.reason`,
    loginFields("failure", "ldap-bind-result"),
  ),
  rule(
    new RegExp(
      `${id}(?:SEARCH|SRCH) base="([^"]{0,1000})" scope=(\\d) deref=\\d filter="([\\s\\S]{0,4000})"$`,
    ),
    `${ids} firebreak.raw.base firebreak.raw.scope firebreak.raw.filter`,
    eventFields("database", "access", "ldap-search"),
  ),
  rule(
    new RegExp(`${id}(?:ADD|MOD|DEL|MODRDN) dn="([^"]{1,1000})"`),
    `${ids} firebreak.raw.dn`,
    eventFields("iam", "change", "ldap-change"),
  ),
];

/** OpenLDAP's slapd with the stats log level. The user is told by the connection's BIND only. */
export const payload = {
  name: dataset,
  title: "OpenLDAP (slapd)",
  programs: ["slapd"],
  parse(message) {
    const fields = applyRules(rules, message);
    if (fields === undefined) return undefined;
    fields["network.protocol"] = "ldap";
    return { dataset, fields };
  },
} satisfies SyslogPayload;
