import { describe, expect, it } from "vitest";
import { bytes, le32, wide } from "../../test/build/bytes.ts";
import { writeCfb } from "../../test/build/cfb.ts";
import { writeZip } from "../../test/build/zip.ts";
import { idsOf, inspect } from "../../test/check.ts";
import { decodeWords, readParameters } from "./headers.ts";

function mail(headers: readonly string[], body: string): string {
  return [...headers, "MIME-Version: 1.0", body].join("\r\n");
}

const usual = [
  "From: Anna <anna@corp.example>",
  "To: ben@corp.example",
  "Subject: Plan",
  "Date: Mon, 2 Mar 2026 10:00:00 +0000",
];
const plain = "Content-Type: text/plain\r\n\r\nHello Ben\r\n";

describe("mail headers", () => {
  it("an ordinary mail has no sign; its hops are told", async () => {
    const report = await inspect(
      mail(
        [
          "Received: from mx.corp.example (mx [192.0.2.7]) by in.corp.example with ESMTPS; Mon, 2 Mar 2026 10:00:01 +0000",
          "Authentication-Results: in.corp.example; spf=pass; dkim=pass; dmarc=pass",
          ...usual,
        ],
        plain,
      ),
      "a.eml",
    );
    expect(report).toMatchObject({
      type: { id: "eml" },
      verdict: "no sign found",
      details: {
        mail: {
          received: [{ from: "mx.corp.example", address: "192.0.2.7", by: "in.corp.example" }],
          authentication: { spf: "pass", dkim: "pass", dmarc: "pass" },
        },
      },
    });
  });

  it.each([
    [
      "failed authentication",
      ["Authentication-Results: mx; spf=fail smtp.mailfrom=x; dmarc=fail", ...usual],
      ["mail-authentication"],
    ],
    ["answers elsewhere", [...usual, "Reply-To: anna@mail.example"], ["mail-reply-elsewhere"]],
    ["another envelope", ["Return-Path: <bounce@list.example>", ...usual], ["mail-sender-mismatch"]],
    [
      "a spoofed name",
      ['From: "anna@corp.example" <x@mail.example>', ...usual.slice(1)],
      ["mail-name-spoof"],
    ],
    [
      "a look-alike",
      [
        "From: Anna <anna@c0rp.example>",
        "To: ben@c0rp.example",
        ...usual.slice(2),
        "Reply-To: a@corp.example",
      ],
      ["mail-look-alike", "mail-reply-elsewhere"],
    ],
    ["the same organisation under another host", ["Return-Path: <a@bounce.corp.example>", ...usual], []],
  ])("%s", async (_name, headers, expected) => {
    expect(idsOf(await inspect(mail(headers, plain), "a.eml"))).toEqual(expected);
  });

  it("encoded words and continued parameters", () => {
    expect(decodeWords("=?utf-8?B?R3LDvMOfZQ==?= =?iso-8859-1?Q?_aus_K=F6ln?=")).toBe("Grüße aus Köln");
    expect(
      readParameters("attachment; filename*0*=utf-8''in%76oice; filename*1=\".exe\"").parameters.filename,
    ).toBe("invoice.exe");
  });
});

describe("mail bodies", () => {
  const multipart = (parts: readonly string[], end = "--b--\r\n") =>
    mail(
      usual,
      `Content-Type: multipart/mixed; boundary="b"\r\n\r\n${parts.map((part) => `--b\r\n${part}\r\n`).join("")}${end}`,
    );
  const attachment = (name: string, content: Uint8Array) =>
    `Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n${Buffer.from(content).toString("base64")}`;

  it("attachments are parts, what is in them too", async () => {
    const zip = writeZip({ "run.js": 'new ActiveXObject("WScript.Shell")' });
    const report = await inspect(multipart([plain, attachment("parcel.zip", zip)]), "a.eml");
    expect(report.features).toContain("attachments");
    expect(report.reasons.map(({ where }) => where.part)).toContain("a.eml!/parcel.zip!/run.js");
  });

  it("a program as attachment", async () => {
    expect(idsOf(await inspect(multipart([attachment("setup.exe", bytes("MZ"))]), "a.eml"))).toContain(
      "attachment-executable",
    );
  });

  it("a link that shows another address than it leads to", async () => {
    const html =
      'Content-Type: text/html; charset=utf-8\r\n\r\n<html><a href="https://login.phish.example/">https://www.bank.example</a> <a href="https://news.bank.example/a">www.bank.example</a></html>';
    expect(idsOf(await inspect(multipart([html]), "a.eml"))).toEqual(["link-text-mismatch"]);
  });

  it("a mail that is cut off is unknown", async () => {
    expect(await inspect(multipart([plain], ""), "a.eml")).toMatchObject({ verdict: "unknown" });
  });

  it("a mail within a mail", async () => {
    const inner = multipart([attachment("a.vbs", bytes("MsgBox 1"))]);
    const report = await inspect(multipart([`Content-Type: message/rfc822\r\n\r\n${inner}`]), "a.eml");
    expect(idsOf(report)).toContain("attachment-executable");
  });
});

describe("Outlook messages", () => {
  it("subject, sender, body and attachments", async () => {
    const text = (value: string) => wide(value);
    const message = writeCfb({
      "__properties_version1.0": new Uint8Array(32),
      "__substg1.0_0037001F": text("Plan"),
      "__substg1.0_0C1A001F": text("Anna"),
      "__substg1.0_5D01001F": text("anna@corp.example"),
      "__substg1.0_1000001F": text("see https://www.example/plan"),
      "__attach_version1.0_#00000000/__properties_version1.0": new Uint8Array(8),
      "__attach_version1.0_#00000000/__substg1.0_3707001F": text("plan.vbs"),
      "__attach_version1.0_#00000000/__substg1.0_37010102": bytes('MsgBox "x"', le32(0x0a0d)).subarray(0, 10),
    });
    const report = await inspect(message, "a.msg");
    expect(report).toMatchObject({
      type: { id: "outlook-message" },
      details: { mail: { subject: "Plan", from: '"Anna" <anna@corp.example>' } },
    });
    expect(report.parts.map(({ kind, name }) => [kind, name])).toEqual([
      ["body", "body (text)"],
      ["attachment", "plan.vbs"],
    ]);
    expect(idsOf(report)).toContain("attachment-executable");
  });
});

describe("pages", () => {
  it.each([
    ["a plain page", "<html><body><a href='https://www.example/'>here</a></body></html>", []],
    [
      "a form for a password",
      "<html><form action='https://collect.example/p'><input type='password'></form></html>",
      ["html-password-form"],
    ],
    [
      "a redirect",
      "<html><meta http-equiv='refresh' content='0; url=https://www.example/'></html>",
      ["html-redirect"],
    ],
    [
      "smuggling",
      `<html><script>var d=atob("${"QUJD".repeat(600)}");var b=new Blob([d]);var a=document.createElement("a");a.href=URL.createObjectURL(b);a.download="a.zip";a.click();</script></html>`,
      ["html-script", "html-smuggling"],
    ],
  ])("%s", async (_name, text, expected) => expect(idsOf(await inspect(text, "a.html"))).toEqual(expected));

  it("an HTML application runs its scripts", async () => {
    const report = await inspect(
      '<html><hta:application id="x"/><script language="VBScript">CreateObject("WScript.Shell").Run "calc"</script></html>',
      "a.hta",
    );
    expect(report.type.id).toBe("hta");
    expect(idsOf(report)).toEqual(["html-application", "html-script", "script-execution"]);
  });
});
