import type { Fields } from "@firebreak/model/event";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { putMessageData } from "./message.ts";

function data(eventId: number, message: string): Record<string, unknown> {
  const fields: Fields = {};
  putMessageData(fields, eventId, message);
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key.replace("winlog.event_data.", ""), value]),
  );
}

const logon = `An account was successfully logged on.

Subject:
\tSecurity ID:\t\tNULL SID
\tAccount Name:\t\t-

Logon Information:
\tLogon Type:\t\t3

New Logon:
\tSecurity ID:\t\tS-1-5-21-1
\tAccount Name:\t\tann
\tLogon ID:\t\t0x4A1C2

Network Information:
\tSource Network Address:\t192.0.2.7
\tSource Port:\t\t50215

This event is generated when a logon session is created.`;

const expectedLogon = {
  SubjectUserSid: "S-1-0-0",
  SubjectUserName: "-",
  LogonType: "3",
  TargetUserSid: "S-1-5-21-1",
  TargetUserName: "ann",
  TargetLogonId: "0x4A1C2",
  IpAddress: "192.0.2.7",
  IpPort: "50215",
};

describe("putMessageData", () => {
  it("gives each side of a logon its names", () => expect(data(4624, logon)).toEqual(expectedLogon));
  it("reads CRLF", () => expect(data(4624, logon.replaceAll("\n", "\r\n"))).toEqual(expectedLogon));
  it("reads a message squeezed into one line", () => {
    expect(data(4624, logon.replace(/\s+/g, " "))).toEqual(expectedLogon);
    const side =
      "Subject: Account Name: a Account Domain: X Logon ID: 0x1 New Logon: Account Name: b Account Domain: Y";
    expect(data(4624, `Text. ${side}`)).toEqual({
      SubjectUserName: "a",
      SubjectDomainName: "X",
      SubjectLogonId: "0x1",
      TargetUserName: "b",
      TargetDomainName: "Y",
    });
    const legacy =
      "Listening. Name: - Path: C:\\x y.exe User account: ann Service: No Port number: 53 Allowed: No";
    expect(data(861, legacy)).toMatchObject({
      Path: "C:\\x y.exe",
      UserName: "ann",
      PortNumber: "53",
      Allowed: "No",
    });
  });

  it.each([
    [
      "German",
      "Antragsteller:\n\tKontoname:\t\t-\n\nAnmeldetyp:\t\t\t3\n\nKonto, für das die Anmeldung fehlgeschlagen ist:\n\tKontoname:\t\tAdmin\n\nNetzwerkinformationen:\n\tQuellnetzwerkadresse:\t192.0.2.7",
    ],
    [
      "French",
      "Sujet :\n\tNom du compte :\t\t-\n\nType d’ouverture de session :\t\t\t3\n\nCompte pour lequel l’ouverture de session a échoué :\n\tNom du compte :\t\tAdmin\n\nInformations sur le réseau :\n\tAdresse du réseau source :\t192.0.2.7",
    ],
    [
      "Spanish",
      "Sujeto:\n\tNombre de cuenta:\t\t-\n\nTipo de inicio de sesión:\t\t\t3\n\nCuenta con error de inicio de sesión:\n\tNombre de cuenta:\t\tAdmin\n\nInformación de red:\n\tDirección de red de origen:\t192.0.2.7",
    ],
  ])("reads %s", (_, message) => {
    expect(data(4625, message)).toEqual({
      SubjectUserName: "-",
      LogonType: "3",
      TargetUserName: "Admin",
      IpAddress: "192.0.2.7",
    });
  });

  const created = (labels: readonly string[]) =>
    [
      "…",
      `${labels[0]}:\n\t${labels[1]}:\t\tS-1-5-21-1\n\t${labels[2]}:\t\tann\n\t${labels[3]}:\t\tOFFICE\n\t${labels[4]}:\t\t0x5A3C1`,
      `${labels[5]}:\n\t${labels[1]}:\t\tNULL SID\n\t${labels[2]}:\t\t-\n\t${labels[3]}:\t\t-\n\t${labels[4]}:\t\t0x0`,
      `${labels[6]}:\n\t${labels[7]}:\t\t0x1a4\n\t${labels[8]}:\tC:\\Windows\\System32\\reg.exe\n\t${labels[9]}:\t%%1938\n\t${labels[10]}:\t\tS-1-16-8192\n\t${labels[11]}:\t0x1c8\n\t${labels[12]}:\tC:\\Windows\\System32\\cmd.exe\n\t${labels[13]}:\treg save HKLM\\SAM s.hiv`,
      "…",
    ].join("\n\n");

  it.each([
    [
      "French",
      [
        "Sujet du créateur ",
        "ID de sécurité ",
        "Nom du compte ",
        "Domaine du compte ",
        "ID d’ouverture de session ",
        "Sujet cible ",
        "Informations sur le processus ",
        "ID du nouveau processus ",
        "Nom du nouveau processus ",
        "Type d’élévation du jeton ",
        "Étiquette obligatoire ",
        "ID du processus créateur ",
        "Nom du processus créateur ",
        "Ligne de commande du processus ",
      ],
    ],
    ["a language that nobody listed", [..."ABCDEFGHIJKLMN"].map((letter) => `Wort ${letter}`)],
  ])("reads a created process in %s", (_, labels) => {
    expect(data(4688, created(labels))).toMatchObject({
      SubjectUserName: "ann",
      SubjectDomainName: "OFFICE",
      TargetUserSid: "S-1-0-0",
      NewProcessName: "C:\\Windows\\System32\\reg.exe",
      ParentProcessName: "C:\\Windows\\System32\\cmd.exe",
      CommandLine: "reg save HKLM\\SAM s.hiv",
    });
  });

  it("reads an installed service whose labels nobody listed by the order of its lines", () => {
    const text =
      "W systemie zainstalowano usługę.\n\nNazwa usługi:  agent\nNazwa pliku usługi:  C:\\agent.exe\nTyp usługi:  x\nTyp uruchamiania usługi:  y\nKonto usługi:  LocalSystem";
    expect(data(7045, text)).toEqual({
      ServiceName: "agent",
      ImagePath: "C:\\agent.exe",
      ServiceType: "x",
      StartType: "y",
      AccountName: "LocalSystem",
    });
  });

  it("does not guess when lines are missing", () => {
    const text = "Wort:\n\tWort A:\t\tS-1-5-21-1\n\tWort B:\t\tann";
    expect(data(4688, text)).toEqual({ WortA: "S-1-5-21-1", WortB: "ann" });
  });

  it.each([4634, 4647])("gives the subject of %i the target's names, as the event has them", (id) => {
    expect(
      data(
        id,
        "An account was logged off.\n\nSubject:\n\tSecurity ID:\t\tS-1-5-21-1\n\tAccount Name:\t\tann",
      ),
    ).toEqual({
      TargetUserSid: "S-1-5-21-1",
      TargetUserName: "ann",
    });
  });

  it("keeps blanks that end a value, and the text of a classic PowerShell event", () => {
    const sysmon = 'Process Create:\nRuleName: -\nUtcTime: 2024-05-04 14:40:11.102\nCommandLine: "cmd.exe" ';
    expect(data(1, sysmon).CommandLine).toBe('"cmd.exe" ');
    const engine =
      "Engine state is changed from None to Available.\n\nDetails:\n\tHostApplication=powershell -nop";
    expect(data(400, engine)).toEqual({ Data: engine });
  });

  it("joins values that go on over lines", () => {
    const message =
      "Subject:\n\tAccount Name:\t\tann\n\nPrivileges:\t\tSeSecurityPrivilege\n\t\t\tSeBackupPrivilege\n\nNote.";
    expect(data(4672, message)).toMatchObject({ PrivilegeList: "SeSecurityPrivilege\nSeBackupPrivilege" });
  });

  it("names connection data as 5156 does, not as a logon", () => {
    const message =
      "Application Information:\n\tProcess ID:\t\t312\n\nNetwork Information:\n\tSource Port:\t\t4444";
    expect(data(5156, message)).toEqual({ ProcessID: "312", SourcePort: "4444" });
    expect(data(4624, message)).toEqual({ ProcessId: "312", IpPort: "4444" });
  });

  it.each([
    [
      7036,
      "The Windows Update service entered the running state.",
      { param1: "Windows Update", param2: "running" },
    ],
    [
      106,
      'User "CORP\\ann"  registered Task Scheduler task "\\Up"',
      { UserContext: "CORP\\ann", TaskName: "\\Up" },
    ],
    [
      1,
      "Process Create:\nRuleName: -\nUtcTime: 2024-05-04 14:40:11.102\nImage: C:\\a:b.exe",
      { RuleName: "-", UtcTime: "2024-05-04 14:40:11.102", Image: "C:\\a:b.exe" },
    ],
  ])("reads the sentence of %i", (id, message, expected) => expect(data(id, message)).toEqual(expected));

  it("takes any text without a throw", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65_535 }),
        fc.string({ maxLength: 400 }),
        (id, text) => void data(id, text),
      ),
    );
  });
});
