/** Binary workbooks, presentations, and workbooks before Excel 97. */
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { token } from "../../test/build/biff.ts";
import { bytes, le16, le32, wide } from "../../test/build/bytes.ts";
import { writeCfb } from "../../test/build/cfb.ts";
import { vbaStreams } from "../../test/build/vba.ts";
import { packagedFile } from "../../test/build/word.ts";
import { writeXlsb } from "../../test/build/xlsb.ts";
import { writeZip } from "../../test/build/zip.ts";
import { idsOf, inspect } from "../../test/check.ts";

describe("binary workbooks", () => {
  it("a very hidden macro sheet, its formulas, an automatic name, a DDE link", async () => {
    const text = (value: string) => bytes(0x17, le16(value.length), wide(value));
    const report = await inspect(
      writeXlsb([bytes(text("calc"), token.call(110, 1)), token.callFixed(54)]),
      "a.xlsb",
    );
    expect(report.type.id).toBe("excel-binary");
    expect(report.features).toEqual(
      expect.arrayContaining(["dde", "external-links", "very-hidden-sheets", "xlm-auto-run", "xlm-macros"]),
    );
    expect(idsOf(report)).toEqual([
      "dde",
      "dde-command",
      "xlm-auto-run",
      "xlm-execution",
      "xlm-hidden-sheet",
      "xlm-macros",
    ]);
    expect(report.parts[0]!.source).toBe('A1: =EXEC("calc")\nA2: =HALT()');
  });
});

describe("presentations", () => {
  const record = (type: number, data: Uint8Array, head = 0) =>
    bytes(le16(head), le16(type), le32(data.length), data);
  const storage = (content: Uint8Array) =>
    record(0x1011, bytes(le32(content.length), new Uint8Array(deflateSync(content))), 0x10);
  const presentation = (...records: Uint8Array[]) =>
    writeCfb({ "Current User": bytes("x"), "PowerPoint Document": record(0x03e8, bytes(...records), 0x0f) });

  it("a plain one has no sign", async () => {
    const report = await inspect(presentation(record(0x0fa0, wide("Hello"))), "a.ppt");
    expect(report).toMatchObject({ verdict: "no sign found", type: { id: "powerpoint-ole" }, features: [] });
  });

  it("macros lie in a packed storage", async () => {
    const project = writeCfb(
      vbaStreams({ modules: [{ name: "Module1", code: "Sub Auto_Open()\nEnd Sub\n" }] }),
    );
    const report = await inspect(presentation(storage(project)), "a.ppt");
    expect(report.features).toContain("vba-macros");
    expect(idsOf(report)).toContain("vba-auto-run");
  });

  it("so do packaged files", async () => {
    const object = writeCfb({ "\u0001Ole10Native": packagedFile("run.js", bytes("var a = 1;")) });
    const report = await inspect(presentation(storage(object)), "a.ppt");
    expect(idsOf(report)).toEqual(["embedded-executable", "embedded-object"]);
  });

  it("links", async () => {
    const report = await inspect(presentation(record(0x0fba, wide("https://www.example/a"))), "a.ppt");
    expect(report).toMatchObject({ verdict: "no sign found", features: ["hyperlinks"] });
  });
});

describe("OpenDocument", () => {
  const files = (more: Record<string, string>) =>
    writeZip({
      mimetype: "application/vnd.oasis.opendocument.text",
      "content.xml":
        '<office:document-content xmlns:office="o"><text:p>Hello</text:p></office:document-content>',
      "META-INF/manifest.xml": "<manifest:manifest/>",
      ...more,
    });

  it("a plain one has no sign", async () => {
    expect(await inspect(files({}), "a.odt")).toMatchObject({
      verdict: "no sign found",
      type: { id: "opendocument-text" },
      features: [],
    });
  });

  it("macros, and what starts them", async () => {
    const report = await inspect(
      files({
        "Basic/Standard/Module1.xml":
          '<script:module script:name="Module1" script:language="StarBasic">Sub Main\n Shell(&quot;calc&quot;)\nEnd Sub</script:module>',
        "content.xml":
          '<a><script:event-listener script:event-name="dom:load" xlink:href="vnd.sun.star.script:Standard.Module1.Main"/></a>',
      }),
      "a.odt",
    );
    expect(report.features).toContain("basic-macros");
    expect(idsOf(report)).toEqual(expect.arrayContaining(["basic-macros", "vba-auto-run", "vba-execution"]));
  });

  it("encrypted it is unknown", async () => {
    const manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    expect(await inspect(files({ "META-INF/manifest.xml": manifest }), "a.odt")).toMatchObject({
      verdict: "unknown",
      features: ["encrypted"],
    });
  });
});

describe("workbooks before Excel 97", () => {
  const record = (type: number, data: Uint8Array) => bytes(le16(type), le16(data.length), data);
  const bof = (kind: number) => record(0x809, bytes(le16(0x0500), le16(kind), le32(0)));
  const sheet = bytes(
    bof(0x40),
    record(
      0x06,
      bytes(
        le16(0),
        le16(0),
        le16(0),
        new Uint8Array(8),
        le16(0),
        le32(0),
        le16(10),
        bytes(0x17, 4, "calc"),
        token.call(110, 1),
      ),
    ),
    record(0x0a, bytes()),
  );
  const globals = (at: number) =>
    bytes(bof(5), record(0x85, bytes(le32(at), 0, 1, 6, "Macro1")), record(0x0a, bytes()));

  it("a macro sheet in the stream Book", async () => {
    const start = globals(0).length;
    const report = await inspect(writeCfb({ Book: bytes(globals(start), sheet) }), "a.xls");
    expect(report.features).toContain("xlm-macros");
    expect(report.parts[0]!.source).toContain('EXEC("calc")');
  });
});
