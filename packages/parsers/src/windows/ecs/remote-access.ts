import type { Fields } from "@firebreak/model/event";
import { splitAddressPort } from "../../ecs/address-port.ts";
import { type ProviderReadings, reading, table } from "./reading.ts";
import { account, copies, copy, domainAccount, ip, present, type Step, set } from "./steps.ts";

const rdpSession: Step[] = [
  domainAccount("user", "#User"),
  ip("source.ip", "#Address", "source.domain"),
  copy("winlog.session.id", "#SessionID"),
  set("network.protocol", "rdp"),
];

/** Remote Desktop and Windows Remote Management, both ends. */
export const remoteAccessProviders: readonly ProviderReadings[] = [
  {
    provider: "Microsoft-Windows-TerminalServices-LocalSessionManager",
    channels: ["Microsoft-Windows-TerminalServices-LocalSessionManager/Operational"],
    events: table([
      [
        21,
        reading(
          "Remote Desktop Services: Session logon succeeded",
          "logged-in",
          "authentication session",
          "start",
          rdpSession,
          { outcome: "success", userData: true },
        ),
      ],
      [
        22,
        reading(
          "Remote Desktop Services: Shell start notification received",
          "session-shell-started",
          "session",
          "start",
          rdpSession,
          { userData: true },
        ),
      ],
      [
        23,
        reading(
          "Remote Desktop Services: Session logoff succeeded",
          "logged-out",
          "authentication session",
          "end",
          rdpSession,
          { outcome: "success", userData: true },
        ),
      ],
      [
        24,
        reading(
          "Remote Desktop Services: Session has been disconnected",
          "session-disconnected",
          "session",
          "end",
          rdpSession,
          { userData: true },
        ),
      ],
      [
        25,
        reading(
          "Remote Desktop Services: Session reconnection succeeded",
          "session-reconnected",
          "authentication session",
          "start",
          rdpSession,
          { outcome: "success", userData: true },
        ),
      ],
      [
        39,
        reading(
          "Session has been disconnected by another session",
          "session-disconnected",
          "session",
          "end",
          [],
          { userData: true },
        ),
      ],
      [
        40,
        reading(
          "Session has been disconnected, reason code",
          "session-disconnected",
          "session",
          "end",
          [copy("event.reason", "#Reason")],
          { userData: true },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-TerminalServices-RemoteConnectionManager",
    channels: ["Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational"],
    events: table([
      // 1149 says that network-level authentication passed, before the session logon: not proof of a desktop.
      [
        1149,
        reading(
          "Remote Desktop Services: User authentication succeeded",
          "rdp-authenticated",
          "authentication",
          "start",
          [
            account("user", "#Param1", "#Param2"),
            ip("source.ip", "#Param3", "source.domain"),
            set("network.protocol", "rdp"),
          ],
          { outcome: "success", userData: true },
        ),
      ],
      [
        261,
        reading(
          "Listener received a connection",
          "rdp-connection-received",
          "network",
          "connection start",
          [set("network.protocol", "rdp")],
          { userData: true },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS",
    channels: ["Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational"],
    events: table([
      [
        131,
        reading(
          "The server accepted a new connection from client",
          "rdp-connection-accepted",
          "network",
          "connection start",
          [ip("source.ip", "ClientIP"), clientIpPort, set("network.protocol", "rdp")],
        ),
      ],
      [
        140,
        reading(
          "A connection from the client computer failed because the user name or password is not correct",
          "logon-failed",
          "authentication",
          "start",
          [ip("source.ip", "IPString"), set("network.protocol", "rdp")],
          { outcome: "failure" },
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-TerminalServices-ClientActiveXCore",
    aliases: ["Microsoft-Windows-TerminalServices-RDPClient"],
    channels: ["Microsoft-Windows-TerminalServices-RDPClient/Operational"],
    events: table([
      [
        1024,
        reading(
          "RDP ClientActiveX is trying to connect to the server",
          "rdp-connection-opened",
          "network",
          "connection start",
          [
            ip("destination.ip", "Value", "destination.domain"),
            set("network.direction", "outbound"),
            set("network.protocol", "rdp"),
          ],
        ),
      ],
      [
        1102,
        reading(
          "The client has initiated a multi-transport connection to the server",
          "rdp-connection-opened",
          "network",
          "connection start",
          [
            ip("destination.ip", "Value", "destination.domain"),
            set("network.direction", "outbound"),
            set("network.protocol", "rdp"),
          ],
        ),
      ],
    ]),
  },
  {
    provider: "Microsoft-Windows-WinRM",
    channels: ["Microsoft-Windows-WinRM/Operational"],
    events: table([
      [
        6,
        reading("Creating WSMan session", "winrm-session-opened", "network", "connection start", [
          copy("destination.domain", "connection"),
          set("network.direction", "outbound"),
        ]),
      ],
      [
        91,
        reading(
          "Creating WSMan shell on server",
          "winrm-shell-created",
          "session",
          "start",
          [copies({ "event.reason": "resourceUri" })].flat(),
        ),
      ],
      [
        [142, 161, 162],
        reading("WSMan operation failed", "winrm-failed", "network", "info", [], { outcome: "failure" }),
      ],
      [
        169,
        reading(
          "User authenticated successfully using WinRM",
          "winrm-authenticated",
          "authentication",
          "start",
          [domainAccount("user", "username")],
          { outcome: "success" },
        ),
      ],
    ]),
  },
];

/** `192.0.2.7:50215`: address and port in one datum. */
function clientIpPort(fields: Fields): void {
  const text = present(fields["winlog.event_data.ClientIP"]);
  if (text === undefined || fields["source.ip"] !== undefined) return;
  const peer = splitAddressPort(text);
  if (peer.ip === undefined) return;
  fields["source.ip"] = peer.ip;
  if (peer.port !== undefined && peer.port !== 0) fields["source.port"] = peer.port;
}
