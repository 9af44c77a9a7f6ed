import type { Fields } from "@firebreak/model/event";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { cleanIp } from "../../ecs/ip.ts";
import { authenticated, ends, type Rule, setDuration, setPlace, setUser } from "./rule.ts";

/** Users: logins to the device, AAA, VPN sessions and commands. 109xxx, 111xxx, 113xxx, 605xxx, 611xxx, 713xxx, 716xxx, 722xxx, 725xxx, 734xxx, 772xxx. */
export const sessionRules: readonly Rule[] = [
  {
    ids: [109_005, 109_006, 109_007, 109_008],
    pattern:
      /^(Authentication|Authorization) (succeeded|failed|permitted|denied)(?: \(.*?\))? for user '?([^']*?)'? from (\S+) to (\S+?)(?: \([^)]*\))? on interface (\S+)/i,
    build: (m, f) => {
      const good = m[2] === "succeeded" || m[2] === "permitted";
      authenticated(f, good ? "success" : "failure", good ? "logged-in" : "logon-failed");
      setUser(f, m[3]);
      ends(f, m[4]!, m[5]!);
      f["observer.ingress.interface.name"] = m[6]!;
    },
  },
  {
    ids: [111_008, 111_009],
    pattern: /^User '?(.*?)'? executed (?:the |cmd: )?'?(.*?)'?(?: command)?\.?$/i,
    build: (m, f) => command(f, m[1], m[2]!),
  },
  {
    ids: [111_010],
    pattern: /^User '(.*?)', running '(.*?)' from IP (\S+?), executed '(.*)'$/i,
    build: (m, f) => {
      command(f, m[1], m[4]!);
      f["firebreak.raw.application"] = m[2]!;
      setEndpoint(f, "source", m[3]!);
    },
  },
  {
    ids: [113_004, 113_012],
    pattern:
      /^AAA user (\S+) Successful : (?:server = +(\S+) : user = +(.*)|local database : user = +(.*))$/i,
    build: (m, f) => {
      authenticated(f, "success", "logged-in");
      setUser(f, m[3] ?? m[4]);
      if (m[2] !== undefined) setServer(f, m[2]);
    },
  },
  {
    ids: [113_005, 113_015],
    pattern:
      /^AAA user (\S+) Rejected : reason = (.*?) : (?:server = +(\S+)|local database) : user = +(.*?)(?: : user IP = +(\S+))?$/i,
    build: (m, f) => {
      authenticated(f, "failure", "logon-failed");
      f["event.reason"] = m[2]!.trim();
      setUser(f, m[4]);
      if (m[3] !== undefined) setServer(f, m[3]);
      if (m[5] !== undefined) setEndpoint(f, "source", m[5]);
    },
  },
  {
    ids: [113_006],
    pattern: /^User '?(.*?)'? locked out on exceeding '?(\d+)'?/i,
    build: (m, f) => {
      authenticated(f, "failure", "account-locked");
      setUser(f, m[1]);
    },
  },
  {
    ids: [113_008, 113_009, 113_011, 113_003, 113_010],
    pattern: /^AAA .*?(?:: )?user = (.*)$/i,
    build: (m, f) => {
      f["event.category"] = ["authentication"];
      f["event.type"] = ["info"];
      f["event.action"] = "authorization-policy";
      setUser(f, m[1]);
    },
  },
  {
    ids: [113_019],
    pattern:
      /^Group = (.*?), Username = (.*?), IP = (\S+?), Session disconnected\. Session Type: (.*?), Duration: (.*?), Bytes xmt: (\d+), Bytes rcv: (\d+), Reason: (.*)$/i,
    build: (m, f) => {
      vpn(f, "client-vpn-disconnected", "end", m[1], m[2], m[3]);
      f["firebreak.raw.session_type"] = m[4]!;
      setDuration(f, m[5]!);
      // Bytes as the firewall counts them: received from the client, sent to it.
      f["source.bytes"] = Number(m[7]);
      f["destination.bytes"] = Number(m[6]);
      f["network.bytes"] = Number(m[6]) + Number(m[7]);
      f["event.reason"] = m[8]!;
    },
  },
  {
    ids: [
      113_039, 716_001, 716_002, 716_058, 716_059, 722_022, 722_023, 722_028, 722_033, 722_034, 722_037,
      722_041, 722_055,
    ],
    pattern: /^Group <(.*?)> User <(.*?)> IP <(.*?)> (.*)$/i,
    build: (m, f) => {
      const text = m[4]!;
      const ended = /terminated|closing|lost|ended/i.test(text);
      vpn(
        f,
        ended ? "client-vpn-disconnected" : "client-vpn-connected",
        ended ? "end" : "start",
        m[1],
        m[2],
        m[3],
      );
      const reason = /terminated: (.*?)\.?$/.exec(text);
      if (reason) f["event.reason"] = reason[1]!;
    },
  },
  {
    ids: [722_051],
    pattern:
      /^Group <(.*?)> User <(.*?)> IP <(.*?)> (?:IPv4 )?Address <(.*?)>(?: IPv6 address <(.*?)>)? assigned to session/i,
    build: (m, f) => {
      vpn(f, "vpn-address-assigned", "start", m[1], m[2], m[3]);
      f["event.outcome"] = "success";
      const ip = m[4]!;
      if (ip !== "" && ip !== "0.0.0.0") f["source.nat.ip"] = ip;
    },
  },
  {
    ids: [716_038, 716_039],
    pattern:
      /^(?:Group <(.*?)> User <(.*?)> IP <(.*?)> )?Authentication: (successful|rejected)(?:, (?:reason = (.*?) )?group = (\S+) user = (\S+))?/i,
    build: (m, f) => {
      const good = m[4] === "successful";
      authenticated(f, good ? "success" : "failure", good ? "client-vpn-connected" : "client-vpn-error");
      setUser(f, m[2] ?? m[7]);
      const group = m[1] ?? m[6];
      if (group !== undefined) f["user.group.name"] = group;
      if (m[3] !== undefined) setEndpoint(f, "source", m[3]);
      if (m[5] !== undefined) f["event.reason"] = m[5];
    },
  },
  {
    ids: [605_004, 605_005],
    pattern: /^Login (denied|permitted) from (\S+) to (\S+) for user "(.*)"/i,
    build: (m, f) => {
      const good = m[1] === "permitted";
      authenticated(f, good ? "success" : "failure", good ? "logged-in" : "logon-failed");
      if (m[2] === "serial") f["firebreak.raw.line"] = "serial";
      else ends(f, m[2]!, m[3]!);
      setUser(f, m[4]);
    },
  },
  {
    ids: [611_101, 611_102],
    pattern: /^User authentication (succeeded|failed): (?:IP address: (\S+?), )?Uname: (.*)$/i,
    build: (m, f) => {
      const good = m[1] === "succeeded";
      authenticated(f, good ? "success" : "failure", good ? "logged-in" : "logon-failed");
      if (m[2] !== undefined) setEndpoint(f, "source", m[2]);
      setUser(f, m[3]!.trim());
    },
  },
  {
    ids: [315_011],
    pattern:
      /^SSH session from (\S+) on interface (\S+) for user "([^"]*)" (?:disconnected by|terminated)(.*)$/i,
    build: (m, f) => {
      f["event.category"] = ["session"];
      f["event.type"] = ["end"];
      f["event.action"] = "logged-out";
      setPlace(f, "source", m[1]!);
      f["observer.ingress.interface.name"] = m[2]!;
      setUser(f, m[3]);
      if (m[4] !== "") f["event.reason"] = m[4]!.trim();
    },
  },
  {
    ids: [611_103],
    pattern: /^User logged out: Uname: (.*)$/i,
    build: (m, f) => {
      f["event.category"] = ["session"];
      f["event.type"] = ["end"];
      f["event.action"] = "logged-out";
      setUser(f, m[1]!.trim());
    },
  },
  {
    ids: [502_101, 502_102],
    pattern: /^(New user added to local dbase|User deleted from local dbase): Uname: (.*?) Priv: (\d+)/i,
    build: (m, f) => {
      f["event.category"] = ["iam"];
      const added = m[1]!.startsWith("New");
      f["event.type"] = ["user", added ? "creation" : "deletion"];
      f["event.action"] = added ? "user-created" : "user-deleted";
      f["user.target.name"] = m[2]!;
      f["firebreak.raw.privilege"] = m[3]!;
    },
  },
  {
    ids: [502_103],
    pattern: /^User priv level changed: Uname: (.*?) From: (\d+) To: (\d+)/i,
    build: (m, f) => {
      f["event.category"] = ["iam"];
      f["event.type"] = ["user", "change"];
      f["event.action"] = "privilege-changed";
      setUser(f, m[1]);
      f["firebreak.raw.privilege"] = m[3]!;
    },
  },
  {
    ids: [725_001, 725_002, 725_003, 725_006, 725_007],
    pattern:
      /^(?:Starting|Device completed|Device failed|SSL|(?:.*?)) (?:.*?)(?:client|server|session with client) (\S+) to (\S+)/i,
    build: (m, f) => {
      f["event.category"] = ["network"];
      f["event.type"] = ["connection"];
      f["event.action"] = "tls-session";
      ends(f, m[1]!, m[2]!);
    },
  },
  {
    ids: [734_001],
    pattern:
      /^DAP: User (.*?), Addr (\S+?), Connection (.*?): (?:The following DAP records were selected for this connection: )?(.*)$/i,
    build: (m, f) => {
      vpn(f, "vpn-access-policy", "info", undefined, m[1], m[2]);
      f["firebreak.raw.connection"] = m[3]!;
      f["rule.name"] = m[4]!;
    },
  },
  {
    ids: [713_228],
    pattern:
      /^(?:Group = (.*?), )?(?:Username = (.*?), )?IP = (\S+?), Assigned private IP address (\S+) to remote user/i,
    build: (m, f) => {
      vpn(f, "vpn-address-assigned", "start", m[1], m[2], m[3]);
      f["source.nat.ip"] = m[4]!;
    },
  },
  {
    ids: [713_166, 713_198, 713_167],
    pattern: /^(?:Group = (.*?), )?(?:Username = (.*?), )?IP = (\S+?), (.*)$/i,
    build: (m, f) => {
      authenticated(f, "failure", "client-vpn-error");
      setUser(f, m[2]);
      setPlace(f, "source", m[3]!);
      f["event.reason"] = m[4]!;
    },
  },
];

/** The AAA server that was asked. */
function setServer(fields: Fields, address: string): void {
  const ip = cleanIp(address);
  if (ip !== undefined) fields["server.ip"] = ip;
  else fields["server.address"] = address;
}

function command(fields: Fields, user: string | undefined, text: string): void {
  fields["event.category"] = ["configuration"];
  fields["event.type"] = ["change"];
  fields["event.action"] = "command-executed";
  setUser(fields, user);
  fields["process.command_line"] = text;
}

function vpn(
  fields: Fields,
  action: string,
  type: string,
  group: string | undefined,
  user: string | undefined,
  address: string | undefined,
): void {
  fields["event.category"] = ["authentication", "session"];
  fields["event.type"] = [type];
  fields["event.action"] = action;
  if (group !== undefined && group !== "") fields["user.group.name"] = group;
  setUser(fields, user);
  if (address !== undefined) setEndpoint(fields, "source", address);
}
