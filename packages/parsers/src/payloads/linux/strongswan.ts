import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const dataset = "linux/strongswan";

export const payload = {
  name: dataset,
  title: "strongSwan and Libreswan (IPsec)",
  programs: ["charon", "charon-systemd", "charon-nm", "pluto", "ipsec", "ipsec_starter"],
  parse,
} satisfies SyslogPayload;

const tag = String.raw`^(?:\d+\[\w+\] )?(?:<(?:([^|>]*)\|)?\d+> )?`;
const tunnel = (action: string, type: string) =>
  eventFields("network session", `connection ${type}`, action, { "network.protocol": "ipsec" });

const rules = [
  rule(
    new RegExp(
      `${tag}(?:received|sending) packet: from (\\S+?)\\[(\\d+)\\] to (\\S+?)\\[(\\d+)\\] \\((\\d+) bytes\\)`,
    ),
    ". source source.port destination destination.port network.bytes:n",
    tunnel("ike-packet", "info"),
  ),
  rule(
    new RegExp(
      `${tag}IKE_SA (\\S+)\\[\\d+\\] established between (\\S+)\\[(.*?)\\]\\.\\.\\.(\\S+)\\[(.*?)\\]`,
    ),
    ". firebreak.raw.connection destination . source user.name",
    { ...tunnel("vpn-session-opened", "start"), "event.outcome": "success" },
  ),
  rule(
    new RegExp(`${tag}authentication of '(.*?)' with (.*?) (?:successful|succeeded)`),
    ". user.name firebreak.raw.method",
    loginFields("success", "vpn-login"),
  ),
  rule(
    new RegExp(
      `${tag}(?:EAP|XAuth) (?:method (\\S+) succeeded|authentication of '(.*?)' (?:\\(myself\\) )?successful)`,
    ),
    ". firebreak.raw.method user.name",
    loginFields("success", "vpn-login"),
  ),
  rule(new RegExp(`${tag}EAP method \\S+ failed for peer (?![\\d.]+$)(\\S+)`), ". user.name", {
    ...loginFields("failure", "vpn-login-failed"),
  }),
  rule(
    new RegExp(
      `${tag}(?:(?:EAP|XAuth) (?:method \\S+ failed|authentication of '(.*?)' failed)(?: for peer (\\S+))?|verification failed|no trusted .* found for '(.*?)')`,
    ),
    ". user.name source user.name",
    loginFields("failure", "vpn-login-failed"),
  ),
  rule(
    new RegExp(`${tag}(\\S+) is initiating (?:an?|a Main Mode|an Aggressive Mode) `),
    ". source",
    tunnel("vpn-session-initiated", "start"),
  ),
  rule(
    new RegExp(`${tag}deleting IKE_SA (\\S+)\\[\\d+\\] between (\\S+)\\[(.*?)\\]\\.\\.\\.(\\S+)\\[(.*?)\\]`),
    ". firebreak.raw.connection destination . source user.name",
    tunnel("vpn-session-closed", "end"),
  ),
  rule(
    new RegExp(`${tag}assigning virtual IP (\\S+) to peer '(.*?)'`),
    ". source.nat.ip user.name",
    tunnel("vpn-address-assigned", "start"),
  ),
  rule(
    new RegExp(`${tag}received (AUTHENTICATION_FAILED|NO_PROPOSAL_CHOSEN) `),
    ". event.reason",
    loginFields("failure", "vpn-login-failed"),
  ),
];

function parse(message: string): PayloadDraft {
  return { dataset, fields: applyRules(rules, message) ?? {} };
}
