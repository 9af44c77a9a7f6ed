import { describe, expect, it } from "vitest";
import { token, workbookStream } from "../../../test/build/biff.ts";
import { bytes } from "../../../test/build/bytes.ts";
import { writeCfb } from "../../../test/build/cfb.ts";
import { agilePackage, rc4Workbook } from "../../../test/build/encrypt.ts";
import { writeOoxml } from "../../../test/build/zip.ts";
import { idsOf, inspect } from "../../../test/check.ts";

/** A workbook whose macro sheet starts a program, encrypted. */
function encryptedWorkbook(password: string): Uint8Array {
  const { filePass, encrypt } = rc4Workbook(password);
  const macro = {
    name: "Macro1",
    kind: "macro" as const,
    formulas: [bytes(token.text("calc"), token.call(110, 1))],
  };
  const filler = Array.from({ length: 200 }, (_, i) => ({ name: `Sheet${i}` }));
  return writeCfb({
    Workbook: encrypt(workbookStream([...filler, macro], { extra: [filePass], names: [{ name: 1 }] })),
  });
}

const document = writeOoxml(
  "word/document.xml",
  "openxmlformats-officedocument.wordprocessingml.document.main",
  {
    "word/document.xml": `<w:document><w:fldSimple w:instr="DDEAUTO cmd x"/>${"<w:p/>".repeat(3000)}</w:document>`,
  },
);

describe("workbooks by RC4", () => {
  it("Excel's own password opens them", async () => {
    const report = await inspect(encryptedWorkbook("VelvetSweatshop"), "a.xls");
    expect(report.features).toEqual(
      expect.arrayContaining(["default-password", "encrypted", "password-opened", "xlm-macros"]),
    );
    expect(idsOf(report)).toEqual(["default-password", "xlm-auto-run", "xlm-execution", "xlm-macros"]);
  });

  it("a given password opens them, another leaves them unknown", async () => {
    expect(
      idsOf(await inspect(encryptedWorkbook("secret"), "a.xls", { passwords: ["wrong", "secret"] })),
    ).toContain("xlm-execution");
    expect(await inspect(encryptedWorkbook("secret"), "a.xls")).toMatchObject({
      verdict: "unknown",
      reasons: [{ what: "encrypted" }],
    });
  });
});

describe("packages in the agile way", () => {
  it.each([
    ["VelvetSweatshop", [], "default-password"],
    ["infected", [], "encrypted"],
    ["secret", ["secret"], "encrypted"],
  ])("with the password %s", async (password, passwords, sign) => {
    const report = await inspect(agilePackage(document, password), "a.docx", { passwords });
    expect(report.parts).toMatchObject([
      { name: "decrypted package", size: document.length, type: { id: "word-ooxml" } },
    ]);
    expect(idsOf(report)).toEqual(["dde", "dde-command", sign].sort());
  });

  it("with an unknown password it is unknown; a count of turns without end is not followed", async () => {
    const sealed = agilePackage(document, "other");
    expect(await inspect(sealed, "a.docx")).toMatchObject({ verdict: "unknown", features: ["encrypted"] });
    const endless = Buffer.from(
      Buffer.from(sealed).toString("latin1").replace('spinCount="1000"', 'spinCount="9e15"'),
      "latin1",
    );
    expect(await inspect(new Uint8Array(endless), "a.docx")).toMatchObject({ verdict: "unknown" });
  });
});
