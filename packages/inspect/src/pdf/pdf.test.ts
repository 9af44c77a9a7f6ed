import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pdf, stream } from "../../test/build/pdf.ts";
import { idsOf, inspect } from "../../test/check.ts";

const fixture = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url)));
const page = "<< /Type /Page /Parent 2 0 R >>";

describe("PDF", () => {
  it("a plain one has no sign", async () => {
    const report = await inspect(
      pdf([
        "<< /Type /Catalog /Pages 2 0 R /OpenAction [3 0 R /Fit] >>",
        "<< /Type /Pages /Kids [3 0 R] >>",
        page,
      ]),
      "a.pdf",
    );
    expect(report).toMatchObject({
      verdict: "no sign found",
      type: { id: "pdf" },
      reasons: [],
      notes: [],
      details: { pdf: { pages: 1 } },
    });
  });

  it.each([
    [
      "a script on opening",
      ["<< /Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"],
      ["pdf-auto-action", "pdf-javascript"],
    ],
    [
      "the same by reference",
      [
        "<< /Type /Catalog /OpenAction 2 0 R >>",
        "<< /S /JavaScript /JS 3 0 R >>",
        stream("", "app.alert(1)"),
      ],
      ["pdf-auto-action", "pdf-javascript"],
    ],
    [
      "a script of a field",
      [
        "<< /Type /Catalog >>",
        "<< /FT /Tx /AA << /F << /S /JavaScript /JS (AFNumber_Format\\(2\\)) >> >> >>",
      ],
      ["pdf-javascript"],
    ],
    [
      "masked names",
      ["<< /Type /Catalog /Open#41ction << /S /JavaScr#69pt /J#53 <6170702e616c657274283129> >> >>"],
      ["pdf-auto-action", "pdf-javascript", "pdf-name-obfuscation"],
    ],
    [
      "a program",
      ["<< /Type /Catalog /OpenAction << /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >> >>"],
      ["pdf-auto-action", "pdf-launch"],
    ],
    [
      "a page's action",
      ["<< /Type /Catalog >>", "<< /Type /Page /AA << /O << /S /URI /URI (https://www.example/) >> >> >>"],
      ["pdf-auto-action"],
    ],
    ["a form", ["<< /Type /Catalog >>", "<< /S /SubmitForm /F (https://www.example/f) >>"], ["pdf-submit"]],
    [
      "a link to a bare address",
      ["<< /Type /Catalog >>", "<< /S /URI /URI (http://203.0.113.9/x) >>"],
      ["link-to-address"],
    ],
  ])("%s", async (_name, bodies, expected) => {
    expect(idsOf(await inspect(pdf(bodies), "a.pdf"))).toEqual(expected);
  });

  it("objects inside an object stream are found", async () => {
    const inner =
      "4 0 5 52 << /S /JavaScript /JS (app.launchURL\\('x'\\)) /N 1 >>  << /S /URI /URI (https://hidden.example/) >>";
    const first = inner.indexOf("<<");
    const report = await inspect(
      pdf(["<< /Type /Catalog /OpenAction 4 0 R >>", stream(`/Type /ObjStm /N 2 /First ${first}`, inner)]),
      "a.pdf",
    );
    expect(idsOf(report)).toEqual(["pdf-auto-action", "pdf-javascript"]);
    expect(report.observables.map(({ value }) => value)).toContain("https://hidden.example/");
    expect(report.verdict).toBe("suspicious");
  });

  it("attached files are parts", async () => {
    const bodies = [
      "<< /Type /Catalog >>",
      "<< /Type /Filespec /UF (run.js) /EF << /F 3 0 R >> >>",
      stream("/Type /EmbeddedFile", "var a;"),
    ];
    const report = await inspect(pdf(bodies), "a.pdf");
    expect(report.parts).toMatchObject([{ name: "run.js", kind: "attachment", type: { id: "jscript" } }]);
    expect(idsOf(report)).toEqual(["embedded-executable", "pdf-embedded-file"]);
  });

  it.each(["rc4-40", "rc4-128", "aes-128", "aes-256-r5", "aes-256"])(
    "encrypted by %s without a user's password",
    async (algorithm) => {
      const report = await inspect(fixture(`encrypted-${algorithm}.pdf`), "a.pdf");
      expect(report.features).toEqual(expect.arrayContaining(["encrypted", "javascript", "password-opened"]));
      expect(report.parts.map(({ source, size }) => source ?? size)).toEqual(['app.alert("hi")', 11]);
    },
  );

  it("a user's password opens it", async () => {
    const sealed = fixture("encrypted-by-user.pdf");
    expect(await inspect(sealed, "a.pdf")).toMatchObject({ verdict: "unknown", features: ["encrypted"] });
    expect(await inspect(sealed, "a.pdf", { passwords: ["user"] })).toMatchObject({
      verdict: "no sign found",
      details: { password: "user" },
    });
  });

  it.each([
    ["encrypted", pdf(["<< /Type /Catalog >>"], { encrypted: true })],
    ["cut off", pdf(["<< /Type /Catalog >>", page], { end: "" })],
    [
      "an object stream that is damaged",
      pdf([
        "<< /Type /Catalog >>",
        "<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length 3 >>\nstream\nxyz\nendstream",
      ]),
    ],
  ])("%s it is unknown", async (_name, bytes) => {
    expect(await inspect(bytes, "a.pdf")).toMatchObject({ verdict: "unknown" });
  });

  it("brackets without end are read in time", async () => {
    const report = await inspect(pdf([`<< /Type /Catalog ${"[<<".repeat(20_000)} >>`]), "a.pdf");
    expect(report.type.id).toBe("pdf");
  });
});
