import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";

const dataset = "linux/wireguard";

export const payload = {
  name: dataset,
  title: "WireGuard (kernel messages)",
  programs: ["kernel"],
  accepts: (message) => message.includes("wireguard: "),
  parse,
} satisfies SyslogPayload;

const interfaceName = String.raw`^(?:\[ *\d+\.\d+\] )?wireguard: (\S+): `;
const refused = (reason: string) =>
  eventFields("network", "connection denied", "vpn-handshake-refused", {
    "event.outcome": "failure",
    "event.reason": reason,
  });
const seen = (action: string, type: string) => eventFields("network", `connection ${type}`, action);

const rules = [
  rule(
    new RegExp(`${interfaceName}Invalid handshake initiation from (\\S+)`),
    "observer.ingress.interface.name source:port",
    refused("invalid handshake initiation"),
  ),
  rule(
    new RegExp(
      `${interfaceName}Packet has (?:unallowed src IP|incorrect size|.*?) \\((\\S+?)\\) from peer (\\d+) \\((\\S+?)\\)`,
    ),
    "observer.ingress.interface.name firebreak.raw.inner_address firebreak.raw.peer source:port",
    refused("address not allowed for the peer"),
  ),
  rule(
    new RegExp(`${interfaceName}Receiving handshake initiation from peer (\\d+) \\((\\S+?)\\)`),
    "observer.ingress.interface.name firebreak.raw.peer source:port",
    seen("vpn-handshake", "start"),
  ),
  rule(
    new RegExp(
      `${interfaceName}(?:Sending handshake response|Keypair \\d+ created)(?: to| for) peer (\\d+)(?: \\((\\S+?)\\))?`,
    ),
    "observer.ingress.interface.name firebreak.raw.peer source:port",
    seen("vpn-handshake-answered", "start"),
  ),
  rule(
    new RegExp(`${interfaceName}(.*?peer (\\d+) \\((\\S+?)\\).*)$`),
    "observer.ingress.interface.name firebreak.raw.detail firebreak.raw.peer source:port",
    seen("vpn-event", "info"),
  ),
  rule(
    new RegExp(`${interfaceName}(.*)$`),
    "observer.ingress.interface.name firebreak.raw.detail",
    seen("vpn-event", "info"),
  ),
];

function parse(message: string): PayloadDraft | undefined {
  const fields = applyRules(rules, message);
  return fields && { dataset, fields };
}
