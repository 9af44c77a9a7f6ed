import { describe, expect, it } from "vitest";
import { attribute, scanXml, unescapeXml } from "./scan.ts";

function check(xml: string) {
  const seen: string[] = [];
  const problem = scanXml(xml, {
    open: (name, attributes) => void seen.push(`<${name}${attributes}>`),
    text: (text) => void seen.push(text),
    close: (name) => void seen.push(`</${name}>`),
  });
  return { seen: seen.join(""), problem };
}

describe("scanXml", () => {
  it.each([
    ["an element", "<a>x</a>", "<a>x</a>", undefined],
    ["a self-closing element", "<a><b/></a>", "<a><b></b></a>", undefined],
    ["a namespace prefix", "<n:a>x</n:a>", "<a>x</a>", undefined],
    ["CDATA with markup", "<a><![CDATA[<b>&lt;]]></a>", "<a><b>&lt;</a>", undefined],
    ["a comment", "<a><!-- <b> -->x</a>", "<a>x</a>", undefined],
    ["a > in an attribute", '<a b="x>y">z</a>', '<a b="x>y">z</a>', undefined],
    ["character references", "<a>&#65;&#x42;&lt;&unknown;</a>", "<a>AB<&unknown;</a>", undefined],
    ["nothing", "", "", "no XML element"],
    ["a cut element", "<a><b>x", "<a><b>x", "XML ends inside an element"],
    ["a cut tag", "<a", "", "tag without end"],
    ["crossed tags", "<a><b></a></b>", "<a><b>", "end tag does not match its start"],
    [
      "a document type",
      "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
      "",
      "document type or declaration refused",
    ],
    ["text behind the root", "<a></a>x", "<a></a>", "text after the root element"],
  ])("reads %s", (_, xml, seen, problem) => {
    expect(check(xml)).toEqual({ seen, problem });
  });

  it("bounds depth and count", () => {
    expect(check("<a>".repeat(100)).problem).toBe("XML nested deeper than 64");
    expect(check(`<a>${"<b/>".repeat(30_000)}</a>`).problem).toBe("more than 20,000 XML nodes");
  });
});

describe("attribute", () => {
  it.each([
    [" Name='a' Guid='b'", "Guid", "b"],
    [' ProcessID="1" ThreadID = "2"', "ThreadID", "2"],
    [" XName='a' Name='b'", "Name", "b"],
    [" Name='a&amp;b'", "Name", "a&b"],
    [" Name='cut", "Name", undefined],
    ["", "Name", undefined],
  ])("%s %s", (raw, name, value) => {
    expect(attribute(raw, name)).toBe(value);
  });
});

it("leaves invalid references as recorded", () => {
  expect(unescapeXml("&#xD800;&#99999999;&amp")).toBe("&#xD800;&#99999999;&amp");
});
