import type { Fields } from "@firebreak/model/event";
import { setAddressPort } from "../ecs/endpoint.ts";
import { applyRules, eventFields, loginFields, rule } from "../text/rules.ts";

const session = (action: string, type: string) =>
  eventFields("network session", `connection ${type}`, action);

const rules = [
  // The scripts of pfSense and OPNsense.
  rule(
    /^openvpn server '([^']*)' user '([^']*)' address '([^']*)'(?: url '[^']*')? ?- (?:connected|connecting)/,
    "firebreak.raw.server user.name source",
    { ...session("vpn-session-opened", "start"), "event.outcome": "success" },
  ),
  rule(
    /^openvpn server '([^']*)' user '([^']*)' address '([^']*)'(?: url '[^']*')? ?- disconnected/,
    "firebreak.raw.server user.name source",
    session("vpn-session-closed", "end"),
  ),
  rule(
    /^openvpn server '([^']*)' user '([^']*)' address '([^']*)'(?: url '[^']*')? ?- (?:could not authenticate|authentication failed)/i,
    "firebreak.raw.server user.name source",
    loginFields("failure", "vpn-login-failed"),
  ),
  rule(
    /^user '([^']*)' authenticated(?: using '?([^']*)'?)?$/,
    "user.name firebreak.raw.method",
    loginFields("success", "vpn-login"),
  ),
  rule(/^user '([^']*)' could not authenticate/, "user.name", loginFields("failure", "vpn-login-failed")),
  rule(/^Peer Connection Initiated with (?:\[AF_INET6?\])?(\S+)/, "source:port", {
    ...session("vpn-session-opened", "start"),
    "event.outcome": "success",
  }),
  rule(/^\[([^\]]*)\] Peer Connection Initiated with (?:\[AF_INET6?\])?(\S+)/, "user.name source:port", {
    ...session("vpn-session-opened", "start"),
    "event.outcome": "success",
  }),
  rule(
    /^TLS: Username\/Password authentication succeeded for username '(.*?)'/,
    "user.name",
    loginFields("success", "vpn-login"),
  ),
  rule(
    /^TLS Auth Error: Auth Username\/Password verification failed for peer/,
    "",
    loginFields("failure", "vpn-login-failed"),
  ),
  rule(
    /^(?:PLUGIN_CALL|AUTH-PAM): .*(?:failed|error).*?(?:user(?:name)? '(.*?)')?$/i,
    "user.name",
    loginFields("failure", "vpn-login-failed"),
  ),
  rule(/^AUTH: Received control message: AUTH_FAILED/, "", loginFields("failure", "vpn-login-failed")),
  rule(
    /^TLS Error: (.*?)(?: from (?:\[AF_INET6?\])?(\S+))?$/,
    "event.reason source:port",
    eventFields("network", "connection", "tls-failed", { "event.outcome": "failure" }),
  ),
  rule(
    /^VERIFY ERROR: .*?error=(.*?)(?:: (.*))?$/,
    "event.reason firebreak.raw.subject",
    eventFields("network", "connection", "certificate-refused", { "event.outcome": "failure" }),
  ),
  rule(
    /^VERIFY OK: depth=0, (?:.*CN=([^,/]+).*|.*)$/,
    "firebreak.raw.common_name",
    eventFields("network", "connection info", "certificate-accepted"),
  ),
  rule(
    /^MULTI(?:_sva)?: pool returned IPv4=([\d.]+)/,
    "source.nat.ip",
    session("vpn-address-assigned", "start"),
  ),
  rule(
    /^MULTI: Learn: (\S+) -> (.*)$/,
    "source.nat.ip firebreak.raw.client",
    session("vpn-address-assigned", "start"),
  ),
  rule(
    /^(?:SIGTERM|SIGUSR1|SIGHUP)\[(?:soft|hard),([^\]]*)\] received, client-instance (?:exiting|restarting)/,
    "event.reason",
    session("vpn-session-closed", "end"),
  ),
  rule(
    /^(?:Connection reset|Inactivity timeout|Delayed exit)(.*)$/,
    "event.reason",
    session("vpn-session-closed", "end"),
  ),
  rule(
    /^TLS: Initial packet from (?:\[AF_INET6?\])?(\S+?),/,
    "source:port",
    session("connection-opened", "start"),
  ),
  rule(
    /^TCP connection established with (?:\[AF_INET6?\])?(\S+)/,
    "source:port",
    session("connection-opened", "start"),
  ),
];

/** True for a message that begins as OpenVPN's server log does: a client's address, or a wording that only OpenVPN has. */
export function looksLikeOpenvpn(text: string): boolean {
  return (
    /^(?:[^\s/]{1,64}\/)?(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]|[0-9a-fA-F:]{3,39}):\d{1,5} (?:TLS|VERIFY|MULTI|Peer|\[|SIG|PUSH|Connection|Outgoing|Data Channel|Control Channel|peer info|Authenticate|AUTH|CRL|LZO|NOTE|WARNING|Bad|Replay)/.test(
      text,
    ) ||
    /^(?:OpenVPN \d|TLS Error:|MULTI: |UDPv[46] link |TCP\/UDP: |Initialization Sequence Completed|TCP connection established with \[AF_INET)/.test(
      text,
    )
  );
}

/** Reads a message of the OpenVPN server: "[user/]198.51.100.9:45321 text". */
export function readOpenvpn(text: string): Fields {
  const client =
    /^(?:([^\s/]{1,64})\/)?(\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}|\[[0-9a-fA-F:]+\]:\d{1,5}) ([\s\S]*)$/.exec(text);
  const fields: Fields = applyRules(rules, client ? client[3]! : text) ?? {};
  if (client) {
    setAddressPort(fields, "source", client[2]!);
    if (client[1] !== undefined) fields["user.name"] ??= client[1];
  }
  return fields;
}
