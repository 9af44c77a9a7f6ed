import type { Fields } from "@firebreak/model/event";

/** What a message of Pulse Secure or Ivanti Connect Secure is about, by its words and the letters of its code. */
export function setSessionKind(fields: Fields, text: string): void {
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
  fields["event.type"] = [ended ? "end" : login && !failed ? "start" : "info"];
  fields["event.action"] = ended ? "logout" : login ? (failed ? "login-failed" : "login") : "vpn-event";
  if (login) fields["event.outcome"] = failed ? "failure" : "success";
}
