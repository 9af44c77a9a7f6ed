import type { ExampleFile } from "../examples/files.ts";
import { exfiltrationDrill } from "./exfiltration.ts";
import { malwareDrill } from "./malware.ts";
import { blockedDrill, intelligenceDrill, proxyDrill } from "./network.ts";
import { phishingDrill, silentProxyDrill } from "./phishing.ts";
import { bruteForceDrill } from "./sign-in.ts";
import { plannedScanDrill, webAttackDrill } from "./web.ts";

/** Ten alerts for practice: one for each playbook of an alert, then three traps. */
export const drills: readonly (readonly [name: string, files: () => ExampleFile[]])[] = [
  ["malware-file", malwareDrill],
  ["phishing", phishingDrill],
  ["proxy-url", proxyDrill],
  ["threat-intelligence", intelligenceDrill],
  ["web-attack", webAttackDrill],
  ["brute-force", bruteForceDrill],
  ["data-exfiltration", exfiltrationDrill],
  ["trap-blocked", blockedDrill],
  ["trap-planned-scan", plannedScanDrill],
  ["trap-silent-proxy", silentProxyDrill],
];
