import type { Fields } from "@firebreak/model/event";
import { setVerdict } from "../../ecs/connection.ts";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { transportOf } from "../../ecs/transport.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import type { PayloadDraft, SyslogEnvelope, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "network/cisco-ios";

export const payload = {
  name: dataset,
  title: "Cisco IOS, IOS XE, IOS XR and NX-OS",
  programs: [],
  accepts: (message) => header.test(message) && !firewalls.test(message),
  parse,
} satisfies SyslogPayload;

/** "%SEC-6-IPACCESSLOGP: ", "%SYSMGR-STANDBY-3-SHUTDOWN_START: ", "%LOG_LOCAL0-2-SYSTEM_MSG [". */
const header = /^%([A-Z][A-Z0-9_]*(?:-[A-Z0-9_]+)*?)-(?:SP-|SW\d-|STDBY-)?([0-7])-([A-Z][A-Z0-9_]*) ?:? /;
const firewalls = /^%(?:ASA|FTD|PIX|FWSM|NGIPS)-/;
const levels = ["emergency", "alert", "critical", "error", "warning", "notice", "informational", "debug"];

interface Rule {
  pattern: RegExp;
  build(match: RegExpExecArray, fields: Fields): void;
}

function login(fields: Fields, outcome: "success" | "failure", user: string | undefined): void {
  fields["event.category"] = ["authentication"];
  fields["event.type"] = [outcome === "success" ? "start" : "info"];
  fields["event.action"] = outcome === "success" ? "login" : "login-failed";
  fields["event.outcome"] = outcome;
  if (user) fields["user.name"] = user;
}

/** Messages of "Cisco IOS System Message Guide", by mnemonic. */
const rules: Record<string, readonly Rule[]> = {
  IPACCESSLOGP: [
    {
      pattern:
        /^list (\S+) (permitted|denied) (\S+) ([\d.]+)\((\d+)\)(?: \([^)]*\))? -> ([\d.]+)\((\d+)\)(?:, (\d+) packets?)?/,
      build: (m, f) => access(f, m[1]!, m[2]!, m[3]!, [m[4]!, m[5]], [m[6]!, m[7]], m[8]),
    },
  ],
  IPACCESSLOGDP: [
    {
      pattern:
        /^list (\S+) (permitted|denied) (\S+) ([\d.]+)(?: \([^)]*\))? -> ([\d.]+) \((\d+\/\d+)\)(?:, (\d+) packets?)?/,
      build: (m, f) => {
        access(f, m[1]!, m[2]!, m[3]!, [m[4]!, undefined], [m[5]!, undefined], m[7]);
        f["firebreak.raw.icmp_type"] = m[6]!;
      },
    },
  ],
  IPACCESSLOGS: [
    {
      pattern: /^list (\S+) (permitted|denied) ([\d.]+)(?: (\d+) packets?)?/,
      build: (m, f) => {
        f["event.category"] = ["network"];
        setVerdict(f, m[2] === "permitted" ? "allowed" : "denied");
        f["rule.name"] = m[1]!;
        setEndpoint(f, "source", m[3]!);
      },
    },
  ],
  LOGIN_SUCCESS: [
    {
      pattern: /Login Success \[user: (.*?)\] \[Source: (\S+?)\] \[localport: (\d+)\]/,
      build: (m, f) => {
        login(f, "success", m[1]);
        setEndpoint(f, "source", m[2]!);
      },
    },
  ],
  LOGIN_FAILED: [
    {
      pattern: /Login failed \[user: (.*?)\] \[Source: (\S+?)\] \[localport: (\d+)\](?: \[Reason: (.*?)\])?/,
      build: (m, f) => {
        login(f, "failure", m[1]);
        setEndpoint(f, "source", m[2]!);
        if (m[4]) f["event.reason"] = m[4];
      },
    },
  ],
  LOGOUT: [
    {
      pattern: /User (\S+) has exited tty session \d+\(([\d.a-fA-F:]*)\)/,
      build: (m, f) => {
        f["event.category"] = ["session"];
        f["event.type"] = ["end"];
        f["event.action"] = "logout";
        f["user.name"] = m[1]!;
        if (m[2]) setEndpoint(f, "source", m[2]);
      },
    },
  ],
  CONFIG_I: [
    {
      pattern: /^Configured from (\S+)(?: by (\S+))?(?: on (\S+))?(?: \(([^)]+)\))?/,
      build: (m, f) => {
        f["event.category"] = ["configuration"];
        f["event.type"] = ["change"];
        f["event.action"] = "configured";
        if (m[2] && !/^vty|^console/.test(m[2])) f["user.name"] = m[2];
        if (m[4]) setEndpoint(f, "source", m[4]);
      },
    },
  ],
  CFGLOG_LOGGEDCMD: [
    {
      pattern: /^User:\s*(\S+)\s+logged command:\s*([\s\S]*)$/,
      build: (m, f) => {
        f["event.category"] = ["configuration"];
        f["event.type"] = ["change"];
        f["event.action"] = "command-executed";
        f["user.name"] = m[1]!;
        f["process.command_line"] = m[2]!;
      },
    },
  ],
  SSH2_USERAUTH: [
    {
      pattern: /User '(.*?)' authentication for SSH2 Session from (\S+) .*?(Succeeded|Failed)/,
      build: (m, f) => {
        login(f, m[3] === "Succeeded" ? "success" : "failure", m[1]);
        setEndpoint(f, "source", m[2]!);
      },
    },
  ],
  INFO_USER_LOGOUT: [
    {
      pattern: /User '(.*?)' from '(\S+)' logged out/,
      build: (m, f) => {
        f["event.category"] = ["session"];
        f["event.type"] = ["end"];
        f["event.action"] = "logout";
        f["user.name"] = m[1]!;
        setEndpoint(f, "source", m[2]!);
      },
    },
  ],
  INFO_GENERAL: [
    {
      pattern: /Failed (\S+) for (\S+) from (\S+) port (\d+)/,
      build: (m, f) => {
        login(f, "failure", m[2] === "<unknown>" ? undefined : m[2]);
        setEndpoint(f, "source", m[3]!, m[4]);
      },
    },
  ],
};

function access(
  fields: Fields,
  list: string,
  word: string,
  protocol: string,
  from: [string, string | undefined],
  to: [string, string | undefined],
  packets: string | undefined,
): void {
  fields["event.category"] = ["network"];
  setVerdict(fields, word === "permitted" ? "allowed" : "denied");
  fields["rule.name"] = list;
  const transport = transportOf(protocol);
  if (transport !== undefined) fields["network.transport"] = transport;
  setEndpoint(fields, "source", from[0], from[1]);
  setEndpoint(fields, "destination", to[0], to[1]);
  if (packets !== undefined) fields["network.packets"] = Number(packets);
}

function parse(message: string, envelope: SyslogEnvelope): PayloadDraft | undefined {
  const match = header.exec(message);
  if (!match || firewalls.test(message)) return undefined;
  const mnemonic = match[3]!;
  const fields: Fields = {
    "observer.vendor": "Cisco",
    "observer.product": "IOS",
    "observer.type": "router",
    "event.code": `${match[1]}-${match[2]}-${mnemonic}`,
    "event.severity": Number(match[2]),
    "log.level": levels[Number(match[2])]!,
    "event.action": kebabCase(mnemonic),
    "firebreak.raw.facility": match[1]!,
    "firebreak.raw.mnemonic": mnemonic,
  };
  if (envelope.host !== undefined) fields["observer.name"] = envelope.host;
  const text = message.slice(match[0].length);
  for (const { pattern, build } of Object.hasOwn(rules, mnemonic) ? rules[mnemonic]! : []) {
    const found = pattern.exec(text);
    if (!found) continue;
    build(found, fields);
    break;
  }
  return { dataset, fields };
}
