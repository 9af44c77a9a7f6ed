import type { Fields } from "@firebreak/model/event";
import { eventFields, loginFields } from "../text/rules.ts";

interface Session {
  user: string;
  verb: string;
  path: string;
}

const maxSessions = 10_000;

/** Verbs with a file behind them, and what the server has done once it answers with a 2xx code (RFC 959 §4.1). */
const fileVerbs: Readonly<Record<string, readonly [action: string, type: string]>> = {
  STOR: ["file-uploaded", "creation"],
  STOU: ["file-uploaded", "creation"],
  APPE: ["file-uploaded", "change"],
  RETR: ["file-downloaded", "access"],
  DELE: ["file-deleted", "deletion"],
  RNTO: ["file-renamed", "change"],
  MKD: ["directory-created", "creation"],
  RMD: ["directory-deleted", "deletion"],
};

/**
 * Reads FTP commands and replies of many sessions that a log interleaves. A command is only a wish: the fact (a login, a
 * file sent or received) is stated by the reply, which gets the user and the path from the command that it answers.
 * Memory: at most 10,000 sessions, the oldest forgotten.
 */
export class FtpDialogue {
  readonly #sessions = new Map<string, Session>();

  /** Fields of "STOR /in/a.zip" as said by the client of a session; undefined when the text is no FTP command. */
  command(id: string, text: string): Fields | undefined {
    const match = /^([A-Za-z]{3,4})(?: ([\s\S]*))?$/.exec(text);
    if (!match) return undefined;
    const session = this.#session(id);
    const verb = match[1]!.toUpperCase();
    const argument = (match[2] ?? "").trim();
    session.verb = verb;
    if (verb === "USER") session.user = argument;
    const isFile = Object.hasOwn(fileVerbs, verb) || verb === "RNFR";
    session.path = isFile ? argument : "";
    const fields = eventFields("network", "protocol info", "ftp-command", { "firebreak.raw.command": verb });
    if (isFile && argument !== "") fields["file.path"] = argument;
    if (session.user !== "") fields["user.name"] = session.user;
    return fields;
  }

  /** Fields of "226 Successfully transferred" as answered by the server; undefined when the text has no reply code. */
  reply(id: string, text: string): Fields | undefined {
    const match = /^([1-6]\d\d)(?:[ -]|$)/.exec(text);
    if (!match) return undefined;
    const session = this.#session(id);
    const code = match[1]!;
    const fields = this.#replied(session, code);
    fields["event.code"] = code;
    if (session.user !== "") fields["user.name"] ??= session.user;
    return fields;
  }

  end(id: string): void {
    this.#sessions.delete(id);
  }

  #replied(session: Session, code: string): Fields {
    const isPending = code < "200" || (code >= "300" && code < "400");
    if (code === "230") return loginFields("success");
    if (code === "530" && (session.verb === "PASS" || session.verb === "USER")) return loginFields("failure");
    const done = Object.hasOwn(fileVerbs, session.verb) ? fileVerbs[session.verb] : undefined;
    if (isPending || !done) return eventFields("network", "protocol info", "ftp-reply");
    const fields =
      code < "300"
        ? eventFields("file network", done[1], done[0], { "event.outcome": "success" })
        : eventFields("file network", "denied", "file-access-failed", { "event.outcome": "failure" });
    if (session.path !== "") fields["file.path"] = session.path;
    // One reply ends the command: a later one is not another transfer of the same file.
    session.verb = "";
    session.path = "";
    return fields;
  }

  #session(id: string): Session {
    let session = this.#sessions.get(id);
    if (session) return session;
    if (this.#sessions.size >= maxSessions) this.#sessions.delete(this.#sessions.keys().next().value!);
    session = { user: "", verb: "", path: "" };
    this.#sessions.set(id, session);
    return session;
  }
}
