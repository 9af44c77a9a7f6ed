import type { AlertKind, AlertObservable } from "./alert.ts";
import { type AlertFields, pick } from "./fields.ts";

/** Words of types, rules and categories, most telling first: "web shell attack" is a web attack before it is malware. */
const kindWords: readonly (readonly [AlertKind, RegExp])[] = [
  ["sprint", /\bsprint\b|whole estate review|incident review/],
  [
    "phishing",
    /phish|exchange|spam|malicious (e-?mail|mail)|\bbec\b|business e-?mail|suspicious (e-?mail|mail)|look-?alike sender/,
  ],
  [
    "exfiltration",
    /exfil|data (leak|loss|theft|transfer out)|\bdlp\b|mass (download|upload)|large (upload|outbound)|unusual (volume|upload)/,
  ],
  [
    "brute-force",
    /brute|password (spray|guess)|credential (stuffing|guess)|unauthori[sz]ed access|multiple failed (log|sign)|failed log(i|o)ns?|authentication failure|login (attempts|failures)|impossible travel|sshd: |invalid user/,
  ],
  [
    "web-attack",
    /web (attack|shell|exploit|application)|sql ?i|injection|\bxss\b|cross.?site|\blfi\b|\brfi\b|path traversal|directory traversal|\bidor\b|\bssrf\b|command injection|web[_ -]server|\bwaf\b|log4(j|shell)|deserial|exploit.*(public|web)/,
  ],
  [
    "threat-intelligence",
    /threat.?intel|\bti\b|\bioc\b|indicator match|known (bad|malicious) (ip|address|domain|url|host)|blocklist|blacklist|reputation|\bc2\b|command.and.control|cnc|beacon|botnet/,
  ],
  [
    "proxy",
    /proxy|suspicious url|malicious url|url (request|access)|web (filter|category)|suspicious download|suspicious domain/,
  ],
  [
    "malware",
    /malware|trojan|ransom|virus|suspicious (file|xls|doc|macro|attachment|powershell|process|exe)|antivirus|worm|backdoor|dropper|loader|hacktool|mimikatz|encoded (command|powershell)/,
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
