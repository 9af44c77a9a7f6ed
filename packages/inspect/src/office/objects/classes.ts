/** Classes of OLE objects that exploits use, by CLSID, with what they are. */
export const dangerousClasses: Readonly<Record<string, string>> = {
  "00000300-0000-0000-c000-000000000046": "StdOleLink (OLE2Link)",
  "0002ce02-0000-0000-c000-000000000046": "Equation Editor 3.0",
  "0002ce03-0000-0000-c000-000000000046": "MathType Equation Editor",
  "00020c01-0000-0000-c000-000000000046": "OLE package (sound)",
  "a08a033d-1a75-4ab6-a166-ead02f547959": "otkloadr.WRAssembly (used against ASLR)",
  "d5de8d20-5bb8-11d1-a1e3-00a0c90f2731": "MSVBVM60 (used against ASLR)",
  "ecabafc9-7f19-11d2-978e-0000f8757e2a": "queued moniker (CVE-2017-8570)",
  "ecabb0c7-7f19-11d2-978e-0000f8757e2a": "SOAP moniker (CVE-2017-8759)",
  "06290bd3-48aa-11d2-8432-006008c3fbfc": "script moniker (CVE-2017-8570)",
  "06290bd2-48aa-11d2-8432-006008c3fbfc": "script moniker factory",
  "3050f4d8-98b5-11cf-bb82-00aa00bdce0b": "HTML application (HTA)",
  "f414c260-6ac0-11cf-b6d1-00aa00bbbb58": "JScript engine",
  "b54f3741-5b07-11cf-a4b0-00aa004a55e8": "VBScript engine",
  "996bf5e0-8044-4650-adeb-0b013914e99c": "ListView control (CVE-2012-0158)",
  "bdd1f04b-858b-11d1-b16a-00c0f0283628": "ListView control (CVE-2012-0158)",
  "c74190b6-8589-11d1-b16a-00c0f0283628": "TreeView control (CVE-2012-0158)",
  "d27cdb6e-ae6d-11cf-96b8-444553540000": "Flash object",
  "8856f961-340a-11d0-a96b-00c04fd705a2": "web browser control",
  "eab22ac3-30c1-11cf-a7eb-0000c05bae0b": "web browser control",
};

export const packageClasses: ReadonlySet<string> = new Set([
  "0003000c-0000-0000-c000-000000000046",
  "0003000e-0000-0000-c000-000000000046",
  "f20da720-c02f-11ce-927b-0800095ae340",
]);

export const equationClass = "0002ce02-0000-0000-c000-000000000046";
export const linkClass = "00000300-0000-0000-c000-000000000046";
