import type { Fields } from "@firebreak/model/event";

/** What a message of Pulse Secure or Ivanti Connect Secure is about, by its words and the letters of its code. */
export function setSessionKind(fields: Fields, text: string): void {
  readSession(fields, text.slice(0, 2000));
  const failed = /\b(?:fail(?:ed|ure)?|rejected|denied|invalid)\b/i.test(text);
  const login = /\b(?:log ?in|login|authentication|sign-?in)\b/i.test(text);
  const ended = /\b(?:log ?out|logged out|session (?:ended|timed out|terminated)|closed connection)\b/i.test(
    text,
  );
  fields["event.category"] =
    login || ended
      ? ["authentication"]
      : /^ADM/.test(String(fields["event.code"] ?? ""))
        ? ["configuration"]
        : ["session"];
  if (/^VPN Tunneling: Session started/.test(text)) {
    fields["event.category"] = ["network", "session"];
    fields["event.type"] = ["connection", "start"];
    fields["event.action"] = "vpn-session-started";
    return;
  }
  fields["event.type"] = [ended ? "end" : login && !failed ? "start" : "info"];
  fields["event.action"] = ended ? "logout" : login ? (failed ? "login-failed" : "login") : "vpn-event";
  if (login) fields["event.outcome"] = failed ? "failure" : "success";
}

const agent = /(?: with| from user agent) '?(.{3,400}?)'?(?: \(session:[^)]{0,100}\))?\.?$/;
const tunnel =
  /VPN Tunneling: Session (started|ended) for user .*?(?: with (IPv[46]) address ([\da-fA-F.:]{3,45}))?(?:, hostname ([\w.-]{1,253}))?\.?$/;
const reason = /\bReason: ?(.{1,300}?)\.?$/;

/** The agent of a sign-in, the inner address and name of a tunnel's client, why something failed. */
function readSession(fields: Fields, text: string): void {
  const inner = tunnel.exec(text);
  if (inner) {
    if (inner[3] !== undefined) fields["source.nat.ip"] = inner[3];
    if (inner[2] !== undefined) fields["network.type"] = inner[2].toLowerCase();
    if (inner[4] !== undefined) fields["source.domain"] = inner[4];
  } else if (/^(?:Agent login|Session \w+ from user agent)/.test(text)) {
    const known = agent.exec(text)?.[1];
    if (known !== undefined) fields["user_agent.original"] = known;
  }
  const why = reason.exec(text)?.[1];
  if (why !== undefined) fields["event.reason"] = why;
}
