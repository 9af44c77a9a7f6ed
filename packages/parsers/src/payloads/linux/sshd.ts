import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/sshd";

export const payload = {
  name: dataset,
  title: "OpenSSH server",
  programs: ["sshd", "sshd-session", "sshd-auth", "dropbear"],
  parse,
} satisfies SyslogPayload;

type Build = (match: RegExpExecArray, fields: Fields) => void;

interface Rule {
  pattern: RegExp;
  build: Build;
}

const authentication = ["authentication"];
const session = ["session"];
const network = ["network"];
const start = ["start"];
const end = ["end"];
const info = ["info"];
const denied = ["connection", "denied"];
const connectionStart = ["connection", "start"];
const connectionEnd = ["connection", "end"];

function login(fields: Fields, outcome: "success" | "failure", user: string | undefined): void {
  fields["event.category"] = authentication;
  fields["event.type"] = outcome === "success" ? start : info;
  fields["event.action"] = "ssh_login";
  fields["event.outcome"] = outcome;
  if (user !== undefined && user !== "") fields["user.name"] = user;
}

function from(fields: Fields, address: string | undefined, port: string | undefined): void {
  if (address !== undefined) setEndpoint(fields, "source", address, port);
  fields["network.transport"] = "tcp";
  fields["network.protocol"] = "ssh";
}

/** User names come from the network and may hold spaces and " from ": the greedy middle takes the last "from". */
const rules: Record<string, readonly Rule[]> = {
  Accepted: [
    {
      pattern: /^Accepted (\S+) for (.*) from (\S+) port (\d+)(?:\s+ssh2)?(?:: (\S+) (\S+).*)?$/,
      build: (m, f) => {
        login(f, "success", m[2]);
        from(f, m[3], m[4]);
        f["firebreak.raw.method"] = m[1]!;
        if (m[5] !== undefined) f["firebreak.raw.key_type"] = m[5];
        if (m[6] !== undefined) f["firebreak.raw.key_fingerprint"] = m[6];
      },
    },
  ],
  Failed: [
    {
      pattern:
        /^Failed (\S+) for (invalid user |illegal user )?(.*) from (\S+) port (\d+)(?:\s+ssh2)?(?:: (\S+) (\S+).*)?$/,
      build: (m, f) => {
        login(f, "failure", m[3]);
        from(f, m[4], m[5]);
        f["firebreak.raw.method"] = m[1]!;
        f["event.reason"] = m[2] ? "invalid user" : `failed ${m[1]}`;
        if (m[6] !== undefined) f["firebreak.raw.key_type"] = m[6];
        if (m[7] !== undefined) f["firebreak.raw.key_fingerprint"] = m[7];
      },
    },
  ],
  Invalid: [invalidUser(/^Invalid user (.*?) ?from (\S+)(?: port (\d+))?(?: \[preauth\])?$/)],
  Illegal: [invalidUser(/^Illegal user (.*?) ?from (\S+)(?: port (\d+))?$/)],
  User: [
    {
      pattern: /^User (.*) from (\S+) not allowed because (.*)$/,
      build: (m, f) => {
        login(f, "failure", m[1]);
        from(f, m[2], undefined);
        f["event.reason"] = `not allowed: ${m[3]}`;
      },
    },
    {
      pattern: /^User child is on pid (\d+)$/,
      build: (m, f) => {
        f["event.category"] = session;
        f["event.action"] = "session-child-started";
        f["firebreak.raw.child_pid"] = m[1]!;
      },
    },
  ],
  Connection: [
    {
      pattern: /^Connection from (\S+) port (\d+)(?: on (\S+) port (\d+))?/,
      build: (m, f) => {
        f["event.category"] = network;
        f["event.type"] = connectionStart;
        f["event.action"] = "connection-opened";
        from(f, m[1], m[2]);
        if (m[3] !== undefined) setEndpoint(f, "destination", m[3], m[4]);
      },
    },
    {
      pattern:
        /^Connection (closed|reset) by (?:(authenticating|invalid) user (.*) (?=\S+ port \d))?(\S+)(?: port (\d+))?( \[preauth\])?$/,
      build: (m, f) => {
        closed(f, m[4], m[5], m[3]);
        f["event.action"] = m[1] === "reset" ? "connection-reset" : "connection-closed";
        if (m[2] === "invalid") f["event.reason"] = "invalid user";
        if (m[6]) f["firebreak.raw.phase"] = "preauth";
      },
    },
  ],
  Disconnected: [
    {
      pattern:
        /^Disconnected from (?:(?:authenticating |invalid )?user (.*) )?(\S+) port (\d+)( \[preauth\])?$/,
      build: (m, f) => {
        closed(f, m[2], m[3], m[1]);
        if (m[4]) f["firebreak.raw.phase"] = "preauth";
      },
    },
  ],
  Disconnecting: [
    {
      pattern:
        /^Disconnecting(?: (?:(?:authenticating|invalid) )?user (.*) (\S+) port (\d+))?: (.*?)(?: \[preauth\])?$/,
      build: (m, f) => {
        closed(f, m[2], m[3], m[1]);
        f["event.reason"] = m[4]!;
        if (m[4]!.startsWith("Too many authentication failures")) f["event.outcome"] = "failure";
      },
    },
  ],
  Received: [
    {
      pattern: /^Received disconnect from (\S+?)(?: port (\d+))?: ?(\d+): ?(.*?)(?: \[preauth\])?$/,
      build: (m, f) => {
        closed(f, m[1], m[2], undefined);
        f["event.code"] = m[3]!;
        if (m[4]) f["event.reason"] = m[4];
      },
    },
    { pattern: /^Received signal (\d+); terminating/, build: (_, f) => service(f, "service-stopped", end) },
  ],
  Server: [
    {
      pattern: /^Server listening on (\S+) port (\d+)/,
      build: (m, f) => {
        service(f, "service-started", start);
        setEndpoint(f, "destination", m[1]!, m[2]);
      },
    },
  ],
  Did: [noHandshake(/^Did not receive identification string from (\S+?)(?: port (\d+))?$/)],
  Bad: [
    noHandshake(/^Bad protocol version identification '(?:.*)' from (\S+)(?: port (\d+))?$/),
    noHandshake(/^Bad packet length/),
  ],
  Unable: [noHandshake(/^Unable to negotiate with (\S+) port (\d+): (.*?)(?: \[preauth\])?$/)],
  banner: [noHandshake(/^banner exchange: Connection from (\S+) port (\d+): (.*)$/)],
  "kex_exchange_identification:": [noHandshake(/^kex_exchange_identification: (?:.*)$/)],
  maximum: [
    maximum(/^maximum authentication attempts exceeded for (invalid user )?(.*) from (\S+) port (\d+)/),
  ],
  "error:": [
    maximum(
      /^error: maximum authentication attempts exceeded for (invalid user )?(.*) from (\S+) port (\d+)/,
    ),
    {
      pattern: /^error: PAM: (.*) for (illegal user |invalid user )?(.*) from (\S+)(?: via \S+)?$/,
      build: (m, f) => {
        login(f, "failure", m[3]);
        from(f, m[4], undefined);
        f["event.reason"] = m[1]!;
      },
    },
  ],
  Authentication: [
    {
      pattern: /^Authentication refused: (.*)$/,
      build: (m, f) => {
        login(f, "failure", undefined);
        f["event.reason"] = m[1]!;
      },
    },
  ],
  Starting: [
    {
      pattern: /^Starting session: (\S+)(?: on (\S+))? for (.*) from (\S+) port (\d+)/,
      build: (m, f) => {
        f["event.category"] = session;
        f["event.type"] = start;
        f["event.action"] = "session-opened";
        f["user.name"] = m[3]!;
        from(f, m[4], m[5]);
        f["firebreak.raw.session_type"] = m[1]!;
      },
    },
  ],
  subsystem: [
    {
      pattern: /^subsystem request for (\S+)(?: by user (\S+))?/,
      build: (m, f) => {
        f["event.category"] = session;
        f["event.type"] = info;
        f["event.action"] = "subsystem-requested";
        f["firebreak.raw.subsystem"] = m[1]!;
        if (m[2] !== undefined) f["user.name"] = m[2];
      },
    },
  ],
  reverse: [
    {
      pattern: /^reverse mapping checking getaddrinfo for (\S+) \[(\S+)\] failed(.*)$/,
      build: (m, f) => {
        f["event.category"] = network;
        f["event.type"] = info;
        f["event.action"] = "reverse-lookup-failed";
        from(f, m[2], undefined);
        f["source.domain"] = m[1]!;
      },
    },
  ],
  Postponed: [
    {
      pattern: /^Postponed (\S+) for (invalid user )?(.*) from (\S+) port (\d+)/,
      build: (m, f) => {
        f["event.category"] = authentication;
        f["event.type"] = info;
        f["event.action"] = "ssh_login";
        f["user.name"] = m[3]!;
        from(f, m[4], m[5]);
        f["firebreak.raw.method"] = m[1]!;
      },
    },
  ],
};

function invalidUser(pattern: RegExp): Rule {
  return {
    pattern,
    build: (m, f) => {
      login(f, "failure", m[1]);
      // The same attempt is told again by its "Failed password for invalid user": another action, so that nobody counts it twice.
      f["event.action"] = "ssh-invalid-user";
      from(f, m[2], m[3]);
      f["event.reason"] = "invalid user";
    },
  };
}

function maximum(pattern: RegExp): Rule {
  return {
    pattern,
    build: (m, f) => {
      login(f, "failure", m[2]);
      from(f, m[3], m[4]);
      f["event.reason"] = "maximum authentication attempts exceeded";
    },
  };
}

/** A peer that never spoke SSH to the end of the handshake: scans and broken clients. */
function noHandshake(pattern: RegExp): Rule {
  return {
    pattern,
    build: (m, f) => {
      f["event.category"] = network;
      f["event.type"] = denied;
      f["event.action"] = "handshake-failed";
      f["event.outcome"] = "failure";
      if (m[1] !== undefined) from(f, m[1], m[2]);
      if (m[3] !== undefined) f["event.reason"] = m[3];
    },
  };
}

function closed(
  fields: Fields,
  address: string | undefined,
  port: string | undefined,
  user: string | undefined,
): void {
  fields["event.category"] = network;
  fields["event.type"] = connectionEnd;
  fields["event.action"] = "disconnected";
  from(fields, address, port);
  if (user !== undefined && user !== "") fields["user.name"] = user;
}

function service(fields: Fields, action: string, type: string[]): void {
  fields["event.category"] = ["process"];
  fields["event.type"] = type;
  fields["event.action"] = action;
}

/** Dropbear, the small SSH server of routers, has its own wording. */
const dropbear: readonly Rule[] = [
  {
    pattern: /^(Bad password attempt|Login attempt) for (nonexistent user|'(.*)')(?:.*)? from (\S+):(\d+)$/,
    build: (m, f) => {
      login(f, "failure", m[3]);
      from(f, m[4], m[5]);
      f["event.reason"] = m[3] === undefined ? "invalid user" : "bad password";
    },
  },
  {
    pattern: /^(Password|Pubkey) auth succeeded for '(.*)' (?:with key .* )?from (\S+):(\d+)$/,
    build: (m, f) => {
      login(f, "success", m[2]);
      from(f, m[3], m[4]);
      f["firebreak.raw.method"] = m[1]!.toLowerCase();
    },
  },
  {
    pattern: /^Child connection from (\S+):(\d+)$/,
    build: (m, f) => {
      f["event.category"] = network;
      f["event.type"] = connectionStart;
      f["event.action"] = "connection-opened";
      from(f, m[1], m[2]);
    },
  },
];

/** Messages of PAM inside sshd have their own payload. */
const pamMessage = /^(?:pam_|PAM |authentication failure;|check pass;|session (?:opened|closed) for )/;

function parse(message: string): PayloadDraft | undefined {
  const at = message.charCodeAt(0) === 32 ? 1 : 0;
  const text = at === 0 ? message : message.slice(1);
  const space = text.indexOf(" ");
  const word = space < 0 ? text : text.slice(0, space);
  const fields = (Object.hasOwn(rules, word) && apply(rules[word]!, text)) || apply(dropbear, text);
  if (fields) return { dataset, fields };
  // The second: what a BIG-IP and Junos write of their administrators under the name of sshd.
  if (pamMessage.test(text) || /^(?:user=\S+\([^)]*\) partition=|SSHD_[A-Z_]+: )/.test(text))
    return undefined;
  return { dataset, fields: {} };
}

function apply(known: readonly Rule[], text: string): Fields | undefined {
  for (const { pattern, build } of known) {
    const match = pattern.exec(text);
    if (!match) continue;
    const fields: Fields = {};
    build(match, fields);
    return fields;
  }
  return undefined;
}
