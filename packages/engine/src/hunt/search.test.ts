import { compileMatcher, flatEvent } from "@firebreak/sigma";
import { describe, expect, it } from "vitest";
import { taxonomy } from "../detect/taxonomy.ts";
import { searchRules } from "./search.ts";

const fields = {
  "winlog.event_data.CommandLine": "cmd.exe /c WHOAMI 100% *.txt C:\\Users\\Öz",
  "winlog.event_data.TargetUserName": "adm-Smith",
  "winlog.event_id": 4624,
};
const events = [
  flatEvent(fields, { product: "windows", channel: "Security", eventId: 4624 }),
  flatEvent(
    { ...fields, "process.command_line": "whoami 100% *.txt C:\\Users\\öz", TargetUserName: "adm-smith" },
    { product: "linux" },
  ),
];

describe("search terms", () => {
  it.each([
    [{ grep: "whoami" }, true],
    [{ grep: "\\Users\\öz" }, true],
    [{ grep: "*.txt" }, true],
    [{ grep: "w*i" }, false],
    [{ grep: "nobody" }, false],
    [{ regex: "(?i)who[a-m]{3}" }, true],
    [{ regex: "^who$" }, false],
    [{ where: ["TargetUserName=adm*"] }, true],
    [{ where: ["TargetUserName=adm*", "TargetUserName=*smith"] }, true],
    [{ where: ["TargetUserName=adm*", "TargetUserName=bob"] }, false],
    [{ grep: "whoami", regex: "100%", where: ["TargetUserName=ADM-smith"] }, true],
  ])("%j: %s", (terms, expected) => {
    const matcher = compileMatcher(searchRules(terms)!, taxonomy);
    for (const event of events) expect(matcher.match(event).length > 0).toBe(expected);
  });

  it.each([
    [{ grep: "" }, "--grep"],
    [{ regex: "(a" }, "--regex"],
    [{ regex: "(?<=a)b" }, "--regex"],
    [{ where: ["novalue"] }, "--where"],
  ])("%j is the user's mistake", (terms, option) => {
    expect(() => searchRules(terms)).toThrow(option);
  });

  it("no terms, no search", () => expect(searchRules({})).toBeUndefined());
});
