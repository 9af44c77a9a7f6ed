import { describe, expect, it } from "vitest";
import { isOfMachine, machineOfPath } from "./machine-of-path.ts";

describe("machineOfPath", () => {
  const names = ["FS01", "Reception", "WS7"];
  it.each<[string, string, unknown]>([
    ["a folder", "case/fs01/System.csv", { name: "FS01", from: "folder" }],
    ["a folder inside an archive", "all.zip!/Reception/a.csv", { name: "Reception", from: "folder" }],
    ["a word of the file's name", "process-list_reception.csv", { name: "Reception", from: "file name" }],
    ["the whole name before the ending", "x/FS01.csv", { name: "FS01", from: "file name" }],
    ["nothing in a longer word", "receptionists.csv", undefined],
    ["nothing for a name of three letters in a file's name", "ws7-history.csv", undefined],
    ["nothing elsewhere", "firewall.log", undefined],
  ])("finds %s", (_, path, expected) => {
    expect(machineOfPath(path, names)).toEqual(expected);
  });
});

describe("isOfMachine", () => {
  const event = (dataset: string, fields: Record<string, string>) => ({
    dataset,
    fields,
    offset: 0,
    length: 1,
  });
  it.each<[string, boolean, ReturnType<typeof event>]>([
    ["a machine's own log", true, event("windows/event-csv", {})],
    ["a table of commands", true, event("generic/csv", { "process.command_line": "whoami" })],
    [
      "a table of connections",
      false,
      event("generic/csv", { "process.name": "a", "source.ip": "192.0.2.1" }),
    ],
    ["a table of anything", false, event("generic/csv", { "user.name": "a" })],
    ["a device's log", false, event("network/fortigate", { "process.name": "a" })],
  ])("%s: %s", (_, expected, given) => {
    expect(isOfMachine(given)).toBe(expected);
  });
});
