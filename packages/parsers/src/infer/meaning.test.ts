import type { Fields } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { classifyRecord, tableKindOf } from "./meaning.ts";

const told = (fields: Fields) => {
  classifyRecord(fields);
  return [fields["event.category"], fields["event.type"], fields["event.outcome"], fields["host.os.type"]];
};

describe("classifyRecord", () => {
  const windows = { "process.name": "a.exe", "process.executable": "C:\\x\\a.exe" };
  it.each<[string, Fields, unknown[]]>([
    [
      "a process that started",
      { ...windows, "event.action": "process-created" },
      [["process"], ["start"], undefined, "windows"],
    ],
    [
      "a process that ended is no start",
      { ...windows, "event.action": "process-terminated" },
      [["process"], ["end"], undefined, "windows"],
    ],
    [
      "a command line with a parent and no word",
      { "process.command_line": "/usr/bin/id -u", "process.parent.name": "bash" },
      [["process"], ["start"], undefined, "linux"],
    ],
    [
      "a command line alone says not that it started",
      { "process.command_line": "id" },
      [undefined, undefined, undefined, undefined],
    ],
    [
      "a file that was renamed",
      { "event.action": "file-renamed", "file.path": "D:\\a.docx.x" },
      [["file"], ["change"], undefined, "windows"],
    ],
    [
      "a sign-in that failed",
      { "event.action": "login-failed", "user.name": "a" },
      [["authentication"], ["start"], "failure", undefined],
    ],
    [
      "an account that was made",
      { "event.action": "user-create", "user.name": "system" },
      [["iam"], ["creation"], undefined, undefined],
    ],
    [
      "an account that only signs in",
      { "event.action": "user-login", "user.name": "a" },
      [["authentication"], ["start"], undefined, undefined],
    ],
    [
      "a sign-out",
      { "event.action": "logout", "user.name": "a" },
      [["authentication"], ["end"], undefined, undefined],
    ],
    [
      "the recorded outcome stays",
      { "event.action": "login-failed", "event.outcome": "unknown", "user.name": "a" },
      [["authentication"], ["start"], "unknown", undefined],
    ],
    [
      "a word without what it needs",
      { "event.action": "file-renamed", "user.name": "a" },
      [undefined, undefined, undefined, undefined],
    ],
    [
      "what stands already is left alone",
      { "event.action": "process-created", "event.category": ["host"], ...windows },
      [["host"], undefined, undefined, undefined],
    ],
    [
      "a word that only contains another one",
      { "event.action": "profile-created", "file.path": "/a" },
      [undefined, undefined, undefined, undefined],
    ],
    [
      "a sign-in by the names of columns",
      {
        "user.name": "a",
        "source.ip": "192.0.2.1",
        "event.outcome": "failure",
        "firebreak.raw.Sign-in error code": "1",
      },
      [["authentication"], ["start"], "failure", undefined],
    ],
    [
      "a message by its two sides",
      {
        "email.from.address": "a@example.org",
        "email.to.address": "b@example.org",
        "event.action": "allowed",
      },
      [["email"], ["info"], undefined, undefined],
    ],
    [
      "a verdict between two addresses",
      { "event.action": "blocked", "source.ip": "192.0.2.1", "destination.ip": "192.0.2.2" },
      [["network"], ["denied"], undefined, undefined],
    ],
    [
      "a request, whatever the verdict on it",
      {
        "event.action": "allowed",
        "source.ip": "192.0.2.1",
        "destination.ip": "192.0.2.2",
        "url.original": "/a",
        "http.request.method": "GET",
      },
      [["web"], ["access"], undefined, undefined],
    ],
    [
      "a verdict on one address",
      { "event.action": "blocked", "source.ip": "192.0.2.1" },
      [undefined, undefined, undefined, undefined],
    ],
    [
      "commands in a column of that name",
      { "process.command_line": "whoami", "firebreak.inference.process.command_line": 0.9 },
      [["process"], ["start"], undefined, undefined],
    ],
    [
      "a code with the words that explain it",
      { "event.action": "an-account-failed-to-log-on", "user.name": "a" },
      [["authentication"], ["start"], "failure", undefined],
    ],
    [
      "an outcome alone is no sign-in",
      { "user.name": "a", "source.ip": "192.0.2.1", "event.outcome": "failure", "firebreak.raw.Design": "1" },
      [undefined, undefined, "failure", undefined],
    ],
    [
      "a threat that a product put away",
      {
        "rule.name": "X",
        "host.name": "ws1",
        "event.action": "quarantined",
        "firebreak.raw.Threat Name": "X",
      },
      [["malware"], ["info"], undefined, undefined],
    ],
    [
      "a policy is no threat",
      { "rule.name": "X", "host.name": "ws1", "event.action": "quarantined", "firebreak.raw.Policy": "X" },
      [undefined, undefined, undefined, undefined],
    ],
    [
      "in another language",
      { "event.action": "anmeldung-fehlgeschlagen", "user.name": "a" },
      [["authentication"], ["start"], "failure", undefined],
    ],
    ["nothing", {}, [undefined, undefined, undefined, undefined]],
  ])("%s", (_name, fields, expected) => {
    expect(told(fields)).toEqual(expected);
  });

  it("knows a sign-in whose own cell is empty by the table's columns", () => {
    const fields: Fields = { "user.name": "a", "source.ip": "192.0.2.1", "event.outcome": "success" };
    classifyRecord(fields, tableKindOf(["User", "IP address", "Sign-in error code"]));
    expect(fields["event.category"]).toEqual(["authentication"]);
  });

  it("gives the hash of a process record to the process, and the program that a command line begins with", () => {
    const fields: Fields = {
      "event.action": "process-started",
      "process.command_line": '"C:\\Program Files\\Acme\\a.exe" /s',
      "file.hash.sha256": "ab",
    };
    classifyRecord(fields);
    expect(fields["process.executable"]).toBe("C:\\Program Files\\Acme\\a.exe");
    expect(fields["process.hash.sha256"]).toBe("ab");
    expect(fields["file.hash.sha256"]).toBeUndefined();
    const other: Fields = {
      "event.action": "process-started",
      "process.name": "b.exe",
      "process.command_line": "C:\\x\\a.exe",
    };
    classifyRecord(other);
    expect(other["process.executable"]).toBeUndefined();
  });
});
