import type { Fields } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { describeProse } from "./prose.ts";

function read(message: string): Fields {
  const fields: Fields = {};
  describeProse(fields, message);
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !/^(?:firebreak\.inference|related)\./.test(name)),
  );
}

const failed = {
  "event.category": ["authentication"],
  "event.type": ["info"],
  "event.outcome": "failure",
  "event.action": "login-failed",
};
const succeeded = { ...failed, "event.type": ["start"], "event.outcome": "success", "event.action": "login" };

describe("prose", () => {
  it.each<[string, string, Fields]>([
    [
      "all parts",
      "Failed login for user bob from 203.0.113.9 port 4022",
      { ...failed, "user.name": "bob", "source.ip": "203.0.113.9", "source.port": 4022 },
    ],
    [
      "a name in quotes",
      "Login attempted by user 'admin' from host '192.0.2.10'",
      { "user.name": "admin", "source.ip": "192.0.2.10" },
    ],
    [
      "pairs in a sentence",
      'login failed, username=bob ip=192.0.2.9 reason="bad password"',
      { ...failed, "user.name": "bob", "source.ip": "192.0.2.9" },
    ],
    [
      "both sides",
      "connection refused from 192.0.2.9:4455 to 198.51.100.7 port 445 for user bob",
      {
        "source.ip": "192.0.2.9",
        "source.port": 4455,
        "destination.ip": "198.51.100.7",
        "destination.port": 445,
        "user.name": "bob",
      },
    ],
    [
      "a success",
      "User CORP\\anna logged in successfully (client 192.0.2.5)",
      { ...succeeded, "user.name": "CORP\\anna", "source.ip": "192.0.2.5" },
    ],
    [
      "the subject first",
      "anna.k@example.org signed in from 2001:db8::7",
      { ...succeeded, "user.name": "anna.k@example.org", "source.ip": "2001:db8::7" },
    ],
    [
      "a wrong password",
      "wrong password for anna from [192.0.2.5]:50122",
      { ...failed, "user.name": "anna", "source.ip": "192.0.2.5", "source.port": 50122 },
    ],
    [
      "an end",
      "user anna logged out",
      {
        "user.name": "anna",
        "event.category": ["authentication"],
        "event.type": ["end"],
        "event.action": "logout",
      },
    ],
    [
      "a file that was fetched",
      "user anna downloaded file /data/a.zip from 192.0.2.5",
      {
        "user.name": "anna",
        "source.ip": "192.0.2.5",
        "event.category": ["file"],
        "event.type": ["access"],
        "event.action": "file-downloaded",
        "file.path": "/data/a.zip",
        "file.name": "a.zip",
        "file.directory": "/data",
        "file.extension": "zip",
      },
    ],
    [
      "a file in quotes",
      "File 'year end.xlsx' was uploaded by user anna",
      {
        "user.name": "anna",
        "event.category": ["file"],
        "event.type": ["creation"],
        "event.action": "file-uploaded",
        "file.name": "year end.xlsx",
        "file.extension": "xlsx",
      },
    ],
    ["what is no file", "user anna downloaded 12 updates", { "user.name": "anna" }],
    [
      "an address that begins like the one before",
      "to 10.0.0.12 from 10.0.0.1.",
      { "source.ip": "10.0.0.1", "destination.ip": "10.0.0.12" },
    ],
    ["an address without a side", "lease for 192.0.2.5 renewed", {}],
    ["a mapped address", "accepted connection from ::ffff:192.0.2.5", { "source.ip": "192.0.2.5" }],
    ["no name", "User authentication failed", {}],
    ["no sign-in", "user interface loaded from cache, not logged in", {}],
    ["a setting", "password policy loaded: minimum length 12", {}],
    ["a version", "nginx/1.22.0.1 started", {}],
    ["nothing", "", {}],
  ])("%s", (_name, message, expected) => {
    expect(read(message)).toEqual(expected);
  });

  it("keeps what stands, and tells what was guessed", () => {
    const fields: Fields = { "source.ip": "198.51.100.1", "event.category": ["web"] };
    describeProse(fields, "Failed login for user bob from 203.0.113.9 port 4022");
    expect(fields).toEqual({
      "source.ip": "198.51.100.1",
      "event.category": ["web"],
      "related.ip": ["203.0.113.9"],
      "user.name": "bob",
      "firebreak.inference.user.name": 0.6,
    });
  });

  it.each([
    ["blanks", `user ${" ".repeat(100_000)}`],
    ["words", "failed ".repeat(20_000)],
    ["names", `user ${"a".repeat(100_000)} failed`],
    ["addresses", "from 192.0.2.1 ".repeat(10_000)],
    ["colons", "::".repeat(50_000)],
  ])("many %s end soon", (_name, message) => {
    const start = performance.now();
    describeProse({}, message);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
