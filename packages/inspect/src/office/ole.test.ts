import { describe, expect, it } from "vitest";
import { ddeBook, token, workbookStream } from "../../test/build/biff.ts";
import { bytes, le16, le32 } from "../../test/build/bytes.ts";
import { writeCfb } from "../../test/build/cfb.ts";
import { vbaStreams } from "../../test/build/vba.ts";
import { packagedFile, wordStreams } from "../../test/build/word.ts";
import { idsOf, inspect } from "../../test/check.ts";

const autoOpen = 'Sub AutoOpen()\n  MsgBox "Good morning"\nEnd Sub\n';

describe("Word 97-2003", () => {
  it("a plain text has no sign", async () => {
    const report = await inspect(
      writeCfb(wordStreams("Dear all, see https://intranet.example/a.\r")),
      "letter.doc",
    );
    expect(report).toMatchObject({
      verdict: "no sign found",
      type: { id: "word-ole" },
      features: [],
      notes: [],
    });
    expect(report.observables.map(({ defanged }) => defanged)).toContain("hxxps://intranet[.]example/a");
  });

  it("a macro that runs by itself is suspicious; its source is a part", async () => {
    const project = vbaStreams(
      { modules: [{ name: "ThisDocument", code: autoOpen, isDocument: true }] },
      "Macros/",
    );
    const report = await inspect(writeCfb({ ...wordStreams("x"), ...project }), "a.doc");
    expect(report.verdict).toBe("suspicious");
    expect(report.features).toContain("vba-macros");
    expect(idsOf(report)).toEqual(["vba-auto-run", "vba-macros"]);
    expect(report.parts).toMatchObject([
      { kind: "macro", name: "VBA/ThisDocument", type: { id: "vba-source" } },
    ]);
    expect(report.parts[0]!.source).toContain("Good morning");
    expect(report.reasons[0]).toMatchObject({ where: { part: "a.doc!/VBA/ThisDocument", line: 2 } });
    expect(report.techniques.map(({ id }) => id)).toContain("T1204.002");
  });

  it.each([
    [
      "DDEAUTO",
      '\u0013 DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe" \u0014 text \u0015',
      ["dde", "dde-command"],
    ],
    [
      "a DDE field in pieces of fields",
      "\u0013 \u0013 QUOTE 68 68 69 \u0014\u0015 excel sheet \u0014\u0015",
      ["dde"],
    ],
    ["a page number", "\u0013 PAGE \u00141\u0015", []],
    ["a remote include", '\u0013 INCLUDEPICTURE "http://host.example/a.png" \u0014\u0015', ["field-include"]],
    ["a field that is not closed", "\u0013 DDE a b", ["dde"]],
  ])("fields: %s", async (_name, text, expected) => {
    const report = await inspect(writeCfb(wordStreams(text)), "a.doc");
    expect(idsOf(report)).toEqual(expected);
  });

  it("an embedded shortcut is taken out", async () => {
    const link = bytes(
      le32(0x4c),
      [1, 20, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46],
      new Uint8Array(60),
    );
    const streams = {
      ...wordStreams("x"),
      "ObjectPool/_1/\u0001Ole10Native": packagedFile("calc.lnk", link),
    };
    const report = await inspect(writeCfb(streams), "a.doc");
    expect(idsOf(report)).toContain("embedded-executable");
    expect(report.verdict).toBe("suspicious");
    expect(report.parts).toMatchObject([
      { kind: "embedded", type: { id: "lnk" }, details: { sourcePath: "C:\\Users\\a\\calc.lnk" } },
    ]);
  });

  it("an embedded text is told and weighs little", async () => {
    const streams = {
      ...wordStreams("x"),
      "ObjectPool/_1/\u0001Ole10Native": packagedFile("note.txt", bytes("hello")),
    };
    const report = await inspect(writeCfb(streams), "a.doc");
    expect(report).toMatchObject({
      verdict: "no sign found",
      features: ["embedded-objects", "packaged-files"],
    });
  });
});

describe("Excel 97-2003", () => {
  const macroSheet = {
    name: "Macro1",
    kind: "macro" as const,
    visibility: 2 as const,
    formulas: [
      bytes(token.text("calc"), token.text(".exe"), token.concatenate, token.call(110, 1)),
      bytes(token.text("x"), token.cell(2, 0), token.command(96, 2)),
      token.call(54, 0),
    ],
  };

  it("a hidden macro sheet with Auto_Open and EXEC", async () => {
    const book = workbookStream([{ name: "Sheet1" }, macroSheet], {
      names: [{ name: 1, formula: bytes(0x3a, le16(0), le16(0), le16(0)) }],
    });
    const report = await inspect(writeCfb({ Workbook: book }), "a.xls");
    expect(report.features).toEqual(expect.arrayContaining(["xlm-macros", "xlm-auto-run", "xlm-exec"]));
    expect(idsOf(report)).toEqual([
      "xlm-auto-run",
      "xlm-dynamic",
      "xlm-execution",
      "xlm-hidden-sheet",
      "xlm-macros",
    ]);
    expect(report.verdict).toBe("suspicious");
    expect(report.parts[0]!.source).toBe('A1: =EXEC("calc"&".exe")\nA2: =FORMULA("x",A3)\nA3: =HALT()');
  });

  it("a plain workbook has no sign; a hidden sheet is only told", async () => {
    const book = workbookStream([{ name: "A" }, { name: "B", visibility: 1 }]);
    const report = await inspect(writeCfb({ Workbook: book }), "a.xls");
    expect(report).toMatchObject({ verdict: "no sign found", features: ["hidden-sheets"] });
  });

  it("a DDE link", async () => {
    const book = workbookStream([{ name: "A" }], { extra: [ddeBook("cmd", "/c calc")] });
    const report = await inspect(writeCfb({ Workbook: book }), "a.xls");
    expect(idsOf(report)).toEqual(["dde", "dde-command"]);
  });

  it("encrypted with an unknown password it is unknown", async () => {
    const book = workbookStream([{ name: "A" }], {
      extra: [bytes(le16(0x2f), le16(54), le16(1), le16(1), le16(1), new Uint8Array(48))],
    });
    const report = await inspect(writeCfb({ Workbook: book }), "a.xls");
    expect(report).toMatchObject({ verdict: "unknown", features: ["encrypted"] });
  });

  it("a macro project without code weighs nothing", async () => {
    const project = vbaStreams(
      { modules: [{ name: "Sheet1", code: "Option Explicit\n" }] },
      "_VBA_PROJECT_CUR/",
    );
    const report = await inspect(
      writeCfb({ Workbook: workbookStream([{ name: "A" }]), ...project }),
      "a.xls",
    );
    expect(report).toMatchObject({ verdict: "no sign found", features: ["vba-macros"], reasons: [] });
  });
});

describe("hostile compound files", () => {
  const whole = writeCfb({
    ...wordStreams("x".repeat(5000)),
    ...vbaStreams({ modules: [{ name: "M", code: autoOpen }] }, "Macros/"),
  });

  it("cut off it says so and is not called harmless", async () => {
    const report = await inspect(whole.slice(0, 3000), "a.doc");
    expect(report.verdict).not.toBe("no sign found");
    expect(report.notes.map(({ code }) => code)).toContain("damaged");
  });

  it("a dir stream that is damaged does not hide the modules", async () => {
    const streams = {
      ...wordStreams("x"),
      ...vbaStreams({ modules: [{ name: "M", code: autoOpen }] }, "Macros/"),
    };
    const report = await inspect(writeCfb({ ...streams, "Macros/VBA/dir": bytes(1, 0xff, 0xff) }), "a.doc");
    expect(idsOf(report)).toContain("vba-auto-run");
  });

  it("text in the compiled program that the source lacks hints at a replaced source", async () => {
    const project = vbaStreams(
      {
        modules: [
          {
            name: "M",
            code: autoOpen,
            cache: bytes(new Uint8Array(300), "powershell -w hidden http://host.example", new Uint8Array(20)),
          },
        ],
        compiled: bytes(le16(0x61cc), le16(0x97), new Uint8Array(80), "AutoOpen"),
      },
      "Macros/",
    );
    expect(idsOf(await inspect(writeCfb({ ...wordStreams("x"), ...project }), "a.doc"))).toContain(
      "vba-stomping",
    );
  });
});
