import type { Fields } from "@firebreak/model/event";
import { readOpenvpn } from "../../network/openvpn.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/openvpn";

export const payload = {
  name: dataset,
  title: "OpenVPN and OpenVPN Access Server in syslog",
  programs: ["openvpn", "ovpn-server", "openvpnas", "ovpn"],
  parse,
} satisfies SyslogPayload;

const accessServer = [
  rule(
    /AUTH SUCCESS \{?.*?['"]user['"]: ['"](.*?)['"].*?(?:['"]client_ip_addr['"]|cli): ?['"]?([0-9a-fA-F.:]+)/i,
    "user.name source",
    loginFields("success", "vpn-login"),
  ),
  rule(
    /AUTH FAILED? \{?.*?['"](?:user|username)['"]: ['"](.*?)['"].*?(?:['"]client_ip_addr['"]|cli): ?['"]?([0-9a-fA-F.:]+)/i,
    "user.name source",
    loginFields("failure", "vpn-login-failed"),
  ),
  rule(
    /VPN Auth Failed: '(.*?)' .*?cli='([^']*)'/i,
    "event.reason source",
    loginFields("failure", "vpn-login-failed"),
  ),
  rule(
    /Web login (failed|authentication failed).*?user[=:] ?'?(\S+?)'?(?:,|\s|$)/i,
    "event.reason user.name",
    loginFields("failure"),
  ),
  rule(/^user '(.*?)' authenticated/, "user.name", loginFields("success", "vpn-login")),
  rule(/^user '(.*?)' could not authenticate/, "user.name", loginFields("failure", "vpn-login-failed")),
  rule(
    /^(\S+)\/([\d.]+:\d+) .*peer info/,
    "user.name source:port",
    eventFields("network", "info", "peer-info"),
  ),
];

function parse(message: string): PayloadDraft {
  let fields: Fields = readOpenvpn(message);
  if (fields["event.action"] === undefined) fields = { ...fields, ...applyRules(accessServer, message) };
  return { dataset, fields };
}
