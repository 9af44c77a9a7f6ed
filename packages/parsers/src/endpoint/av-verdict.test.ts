import type { Fields } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { antivirusAction, setFile, setHash, setProcess, setUser } from "./av-verdict.ts";

describe("antivirus words", () => {
  it.each([
    ["Cleaned by deletion", "cleaned"],
    ["Left alone", "detected"],
    ["Not disinfected", "detected"],
    ["Quarantined", "quarantined"],
    ["Blocked", "blocked"],
    ["threat_quarantined", "quarantined"],
    ["Process terminate pending restart", "terminated"],
    ["", "detected"],
  ])("%j is %s", (text, action) => expect(antivirusAction(text)).toBe(action));
  it("takes the address of a named user and the name of a process", () => {
    const fields: Fields = {};
    setUser(fields, "Ann Meier (ann@corp.example)");
    setProcess(fields, "/opt/x/run");
    expect(fields).toEqual({
      "user.full_name": "Ann Meier",
      "user.email": "ann@corp.example",
      "user.name": "ann@corp.example",
      "process.executable": "/opt/x/run",
      "process.name": "run",
    });
  });
  it("splits paths, hashes and users", () => {
    const fields: Fields = {};
    setFile(fields, "C:\\a b\\x.exe");
    setHash(fields, "A".repeat(64));
    setHash(fields, "xyz");
    setHash(fields, "a".repeat(33));
    setUser(fields, "NT AUTHORITY\\SYSTEM (Initiator)");
    expect(fields).toEqual({
      "file.path": "C:\\a b\\x.exe",
      "file.name": "x.exe",
      "file.hash.sha256": "a".repeat(64),
      "user.domain": "NT AUTHORITY",
      "user.name": "SYSTEM",
    });
  });
});
