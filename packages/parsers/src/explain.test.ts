import { describe, expect, it } from "vitest";
import { explainRecognition } from "./explain.ts";
import { formats } from "./formats.generated.ts";
import { bytesSource } from "./testing/collect.ts";

const explain = (text: string) =>
  explainRecognition(bytesSource(new TextEncoder().encode(text)), "input.log", formats);

const sshd = "Mar  3 10:22:33 web1 sshd[900]: Failed password for root from 203.0.113.9 port 4022 ssh2";
const access = '203.0.113.9 - - [03/Mar/2024:10:22:33 +0000] "GET / HTTP/1.1" 200 12 "-" "curl/8"';

describe("explainRecognition", () => {
  it.each<[string, string, string, (string | undefined)[]]>([
    ["nothing", "", "empty", []],
    ["one line", sshd, "syslog/rfc3164", ["linux/sshd"]],
    [
      "products mixed in one file",
      `${sshd}\n${access}\n\n${sshd}\n`,
      "syslog/rfc3164",
      ["linux/sshd", "web/access", "linux/sshd"],
    ],
    ["a line that nobody knows", `${access}\n\u0001\u0002 what\n`, "web/access", ["web/access", undefined]],
    [
      "a document",
      '[{"a":1},\n{"a":2}]',
      "generic/json-document",
      ["generic/json-document", "generic/json-document"],
    ],
  ])("%s", (_, text, format, datasets) => {
    const told = explain(text);
    expect([told.format, told.lines.map(({ dataset }) => dataset)]).toEqual([format, datasets]);
  });

  it("tells the votes, the strongest first, and why a line is none", () => {
    const [first, second] = explain(`${access}\n?? what\n`).lines;
    expect(first!.votes[0]!.format).toBe("web/access");
    expect(first!.votes.map(({ vote }) => vote)).toEqual(
      first!.votes.map(({ vote }) => vote).toSorted((a, b) => b - a),
    );
    expect([second!.line, second!.fate]).toEqual([2, "no format recognised for this line"]);
  });

  it("says so where two formats read a line alike", () => {
    const sure = explain(`${sshd}\n`).lines[0]!;
    expect(sure.ambiguous).toEqual([]);
    // A transfer of ProFTPD in Apache's notation: an access log says the same.
    const transfer = '203.0.113.9 UNKNOWN alice [03/Mar/2024:10:22:33 +0000] "RETR /a.txt" 226 1200';
    expect(explain(`${transfer}\n`).lines[0]!.ambiguous).toEqual(["linux/ftp-access", "web/access"]);
  });
});
