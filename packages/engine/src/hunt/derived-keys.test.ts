import type { Fields } from "@firebreak/model/event";
import { normalise, systemFields } from "@firebreak/parsers/windows/record";
import { describe, expect, it } from "vitest";
import { mayDerive } from "./derived-keys.ts";

const sysmon = "Microsoft-Windows-Sysmon";
const security = "Microsoft-Windows-Security-Auditing";

describe("keys that an event can have", () => {
  it.each([
    [sysmon, 1, "process.command_line", true],
    [sysmon, 1, "process.hash.md5", true],
    [sysmon, 1, "process.pe.imphash", true],
    [sysmon, 3, "process.parent.executable", false],
    [sysmon, 3, "destination.ip", true],
    [sysmon, 11, "process.command_line", false],
    [sysmon, 11, "file.path", true],
    [sysmon, 13, "registry.data.strings", true],
    [sysmon, 22, "dns.question.name", true],
    [security, 4688, "process.pe.original_file_name", false],
    [security, 4688, "user.name", true],
    ["PowerShell", 400, "process.command_line", true],
    ["Unheard-Of", 7, "source.ip", true],
    ["Unheard-Of", 7, "registry.path", false],
    ["Unheard-Of", 7, "event.outcome", true],
    [undefined, 1, "process.parent.executable", true],
  ] as const)("%s %i: %s: %s", (provider, eventId, key, expected) => {
    expect(mayDerive(provider, eventId, key)).toBe(expected);
  });

  // Values of our own making, other than the probes: what a conversion writes must have been foreseen.
  const values = [
    "D:\\x\\y.dll",
    "198.51.100.77",
    "8443",
    "0x3e7",
    "LAB\\bob",
    "bob",
    "HKCU\\A\\B",
    "a.b.example",
    "MD5=11111111111111111111111111111111",
    "%%2313",
    "Sample=1\nHostApplication=a.exe -c b\nUserId=LAB\\bob",
  ];
  const names =
    "Image ParentImage CommandLine ParentCommandLine User UserName AccountName SubjectUserName TargetUserName TargetDomainName IpAddress IpPort SourceIp DestinationIp DestinationPort SourceAddress DestAddress Hashes Hash TargetFilename FileName Path TargetObject ObjectName Details ImageLoaded QueryName QueryResults ScriptBlockText ContextInfo Data ServiceName ImagePath ProcessName NewProcessName ParentProcessName Application ThreatName DestinationHostname Description Product Company OriginalFileName CurrentDirectory param1 param2 param3".split(
      " ",
    );
  const providers = [
    sysmon,
    security,
    "Service Control Manager",
    "PowerShell",
    "Microsoft-Windows-PowerShell",
    "Microsoft-Windows-Windows Defender",
    "Microsoft-Windows-TaskScheduler",
    "Microsoft-Windows-Bits-Client",
    "MSSQLSERVER",
    "Microsoft-Windows-DNSServer",
    "Other",
  ];
  const ids = [
    ...Array.from({ length: 30 }, (_, i) => i + 1),
    104,
    106,
    140,
    200,
    400,
    403,
    600,
    800,
    517,
    528,
    540,
    592,
    861,
    1006,
    1102,
    1116,
    1117,
    3004,
    4103,
    4104,
    5156,
    5158,
    5140,
    5145,
    7036,
    7040,
    7045,
    18_456,
    33_205,
    ...Array.from({ length: 200 }, (_, i) => 4600 + i),
  ];

  it("none is written that was not foreseen", () => {
    for (const provider of providers) {
      for (const eventId of ids) {
        for (let round = 0; round < values.length * 2; round++) {
          const fields: Fields = systemFields({ eventId, provider });
          const valueAt = (i: number) =>
            values[round < values.length ? round : (round * 5 + i * 7) % values.length]!;
          for (const [i, name] of names.entries())
            fields[`winlog.event_data.${name}`] =
              name === "Data" ? [valueAt(i), valueAt(i + 1), valueAt(i + 2)] : valueAt(i);
          const before = new Set(Object.keys(fields));
          normalise(fields, { eventId, provider });
          for (const key of Object.keys(fields)) {
            if (!before.has(key) && !mayDerive(provider, eventId, key))
              expect.fail(`${provider} ${eventId} writes ${key} from round ${round}`);
          }
        }
      }
    }
  });
});
