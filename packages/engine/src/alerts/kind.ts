import type { AlertKind, AlertObservable } from "./alert.ts";
import { type AlertFields, pick } from "./fields.ts";

/** Words of types, rules and categories, most telling first: "web shell attack" is a web attack before it is malware. */
const kindWords: readonly (readonly [AlertKind, RegExp])[] = [
  ["sprint", /\bsprint\b|whole estate review|incident review/],
  [
    "phishing",
    /phish|quishing|^exchange$|spam|(malicious|suspicious|deceptive) (e-?mail|mail)|\bbec\b|business e-?mail|look-?alike sender/,
  ],
  [
    "exfiltration",
    /exfil|data (leak|loss|theft|transfer)|\bdlp\b|mass (download|upload)|large (upload|outbound)|unusual (volume|upload)|forwarding|dns tunnel|(external|file) sharing/,
  ],
  [
    "brute-force",
    /brute|password (spray|guess)|credential (stuffing|guess)|unauthori[sz]ed access|failed (user )?(log|sign)[ -]?(i|o)n|authentication failure|(log[io]n|connection|sign-?in) (attempt|failure)s?|impossible travel|(risky|anonymous|unfamiliar).{0,20}sign-?in|anonymous ip|(ssh|rdp|ftp|port) scan|sshd: |invalid user/,
  ],
  [
    "web-attack",
    /web (attack|shell|exploit|application)|sql ?i\b|sql injection|injection|\bxss\b|cross.?site|\blfi\b|\brfi\b|file inclusion|(path|directory) traversal|\bidor\b|\bssrf\b|in (the )?(requested )?(url|uri|request body)|file upload|broken access control|remote code execution|web[_ -]server|\bwaf\b|log4(j|shell)|deserial|exploit.{0,40}(public|web|server)/,
  ],
  [
    "threat-intelligence",
    /threat.?intel|\bt\.?i\b\.?|\bioc\b|indicator match|known (bad|malicious)|blocklist|blacklist|reputation|\bc2\b|command.and.control|\bcnc\b|beacon|botnet/,
  ],
  [
    "proxy",
    /proxy|(suspicious|malicious) (url|request|domain|download)|url (request|access)|web (filter|category)|registered domain/,
  ],
  [
    "malware",
    /malware|trojan|ransom|virus|stealer|macro|malicious (file|script|chrome|browser)|suspicious (file|xls|doc|attachment|process|exe|script)|antivirus|worm|backdoor|dropper|loader|hacktool|mimikatz|lsass|credential dump|(encoded|suspicious).{0,20}(command|powershell)|powershell|mshta|certutil|rundll32|regsvr32|\bwmi\b|scheduled task|new service|persistence|\.exe\b/,
  ],
];

/** What the alert is about: its own type, then the words of rule and category, then what its fields hold. */
export function readKind(
  fields: AlertFields,
  title: string,
  observables: readonly AlertObservable[],
): AlertKind {
  const texts = [
    pick(fields, /^(alert |event |incident )?(type|kind|playbook)$/),
    title,
    pick(fields, /(^| )(category|rule groups|security domain|tactics?|trigger reason)$/),
  ];
  for (const text of texts) {
    const kind = text === undefined ? undefined : kindOfText(text);
    if (kind) return kind;
  }
  return kindOfFields(fields, observables);
}

function kindOfText(text: string): AlertKind | undefined {
  const lower = text.toLowerCase();
  return kindWords.find(([, pattern]) => pattern.test(lower))?.[0];
}

function kindOfFields(fields: AlertFields, observables: readonly AlertObservable[]): AlertKind {
  const has = (pattern: RegExp) => pick(fields, pattern) !== undefined;
  if (observables.some(({ type }) => type === "mailbox") && has(/subject|smtp|recipient/)) return "phishing";
  if (has(/(request|http) method$/) && has(/trigger reason|status/)) return "web-attack";
  if (observables.some(({ type, role }) => (type === "hash" || type === "file") && role !== "mentioned"))
    return "malware";
  if (observables.some(({ type }) => type === "url" || type === "domain")) return "proxy";
  return observables.some(({ type }) => type === "address") ? "threat-intelligence" : "unknown";
}
