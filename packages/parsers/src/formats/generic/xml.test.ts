import { describe, expect, it } from "vitest";
import { formats } from "../../formats.generated.ts";
import { collect, unaccountedBytes } from "../../testing/collect.ts";

const xml = formats.find(({ name }) => name === "generic/xml")!;

const entry = (clock: string, action: string) =>
  `<entry><time>2024-05-06T${clock}Z</time><user>bob</user><clientip>203.0.113.9</clientip><action>${action}</action></entry>`;

describe("generic/xml", () => {
  it.each<[string, string]>([
    [
      "elements",
      `<?xml version="1.0"?>\n<log>\n${entry("07:08:09", "login")}\n${entry("07:08:19", "logout")}\n</log>\n`,
    ],
    [
      "attributes, and other names for other kinds",
      `<log xmlns="urn:x"><login at="1" time="2024-05-06 07:08:09" user="bob" ip="203.0.113.9"/><logout time="2024-05-06 07:08:19" user='bob' ip="203.0.113.9"></logout></log>`,
    ],
    [
      "a list in a list",
      `<?xml version="1.0"?><export><server name="a"/><events>${entry("07:08:09", "login")}<!-- <x> -->${entry("07:08:19", "logout")}</events></export>`,
    ],
    [
      "named members",
      `<rows xmlns:x="y"><row><field name="time">2024-05-06 07:08:09</field><field name="user">bob</field><field name="src_ip">203.0.113.9</field></row><row><data key="time" value="2024-05-06 07:08:19"/><data key="user" value="bob"/><data key="src_ip" value="203.0.113.9"/></row></rows>`,
    ],
  ])("reads %s", (_name, text) => {
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`, "utf16le")]) {
      const got = collect(bytes, [xml]);
      expect(got.rejects).toEqual([]);
      expect(got.events.map(({ fields }) => [fields["user.name"], fields["source.ip"]])).toEqual([
        ["bob", "203.0.113.9"],
        ["bob", "203.0.113.9"],
      ]);
      expect(got.events.map(({ time }) => new Date(time!.ms).toISOString().slice(11, 19))).toEqual([
        "07:08:09",
        "07:08:19",
      ]);
      expect(unaccountedBytes(got, bytes.length)).toBe(0);
    }
  });

  it("refuses XML that is no log as a whole and says what it is", () => {
    const got = collect('<?xml version="1.0"?>\n<a><b/></a>', [xml]);
    expect(got.rejects).toEqual([
      { offset: 0, length: 33, line: 1, reason: 'XML of an unknown kind (root element "a")' },
    ]);
  });

  it("rejects a record that breaks off and keeps those before it", () => {
    const text = `<?xml version="1.0"?><log>${entry("07:08:09", "login")}${entry("07:08:19", "logout").slice(0, 60)}`;
    const got = collect(text, [xml]);
    expect(got.events).toHaveLength(1);
    expect(got.rejects.map(({ reason }) => reason)).toEqual(["element without end"]);
    expect(unaccountedBytes(got, text.length)).toBe(0);
  });

  it("says that a comment which is not closed hides what is behind it", () => {
    const text = `<?xml version="1.0"?><log>${entry("07:08:09", "login")}<!-- ${entry("07:08:19", "logout")}</log>`;
    const got = collect(text, [xml]);
    expect(got.events).toHaveLength(1);
    expect(got.rejects.map(({ reason }) => reason)).toEqual(["tag, comment or CDATA without end"]);
    expect(unaccountedBytes(got, text.length)).toBe(0);
  });

  it("leaves text with angle brackets and Windows events alone", () => {
    expect(collect("<nick> hello\nmore", [xml]).format).toBe("unrecognised");
    expect(collect("<Event xmlns='x'></Event>", [xml]).format).toBe("unrecognised");
  });
});
