import type { Finding } from "@firebreak/model/picture";
import { severities, severityRank } from "@firebreak/model/severity";
import type { OrganisationProfile } from "../../organisation/profile.ts";

interface RoleKnowledge {
  /** In the asset's declared role. */
  role: RegExp;
  /** What such a machine does by its nature, by ATT&CK id … */
  techniques: readonly string[];
  /** … or by the words of a title, for findings without a technique. */
  words: RegExp;
}

const roles: readonly RoleKnowledge[] = [
  {
    role: /scanner|scanning|vulnerabilit|pentest|penetration/i,
    // A scanner sends what attackers send; what a server answers it is a weakness, and no intrusion by the scanner.
    techniques: [
      "T1046",
      "T1595",
      "T1018",
      "T1110",
      "T1190",
      "T1083",
      "T1005",
      "T1059",
      "T1210",
      "T1505.003",
      "T1133",
      "T1078",
      "T1105",
    ],
    words: /scan|sweep|refused|probe/i,
  },
  {
    role: /backup|replica|archiv/i,
    techniques: ["T1048", "T1041", "T1567", "T1030", "T1021.002"],
    words: /volume|transfer|upload|exfil|outbound|backup/i,
  },
  {
    role: /monitor|nagios|zabbix|prtg|inventory/i,
    techniques: ["T1046", "T1018", "T1071"],
    words: /repeated|beacon|sweep|regular/i,
  },
];

/**
 * A finding whose only acting machine is declared for just that work: told with the declaration as its likelier reading,
 * one severity lower and at most low, with half the confidence. Everything else is returned as it is.
 */
export function weighDeclaredRole(profile: OrganisationProfile, finding: Finding): Finding {
  const actors = finding.entities.filter(({ type, role }) => type === "address" && role === "source");
  if (actors.length !== 1) return finding;
  const asset = profile.assets.find(({ addresses }) => addresses.includes(actors[0]!.value));
  const known = asset?.role && roles.find(({ role }) => role.test(asset.role!));
  if (!asset || !known) return finding;
  const fits =
    known.words.test(finding.title) ||
    (finding.techniques.length > 0 &&
      finding.techniques.every(({ id }) =>
        known.techniques.some((own) => id === own || id.startsWith(`${own}.`)),
      ));
  if (!fits) return finding;
  const rank = Math.min(severityRank("low"), severityRank(finding.severity));
  return {
    ...finding,
    severity: severities[rank]!,
    confidence: Math.round(finding.confidence / 2),
    statement: `${finding.statement} ${actors[0]!.value} is declared as ${asset.name} (${asset.role}): this is what such a machine does. The profile says so; the records do not prove that it was agreed.`,
    alternatives: [
      `The agreed work of ${asset.name} (${asset.role}); its schedule would tell.`,
      ...finding.alternatives,
    ],
  };
}
