import type { Fields } from "@firebreak/model/event";
import { connectionVerdict, setVerdict } from "../ecs/connection.ts";
import { kebabCase } from "../ecs/verdict.ts";

const kinds: readonly { pattern: RegExp; category: readonly string[]; alert: boolean }[] = [
  { pattern: /virus|malware|trojan|ransom|spyware|worm\b|infection/i, category: ["malware"], alert: true },
  {
    pattern: /intrusion|exploit|attack|threat|\bips\b|\bids\b|anomaly|botnet|command and control/i,
    category: ["intrusion_detection"],
    alert: true,
  },
  {
    pattern:
      /log-?(?:in|on|out|off)\b|logged (?:in|out|on|off)|authenticat|\bsign-?(?:in|on)\b|\bsigned (?:in|out|on|off)\b/i,
    category: ["authentication"],
    alert: false,
  },
  { pattern: /config|commit|policy (?:change|install|modif)/i, category: ["configuration"], alert: false },
];

/**
 * Event kind and category of a product that only names its event in words. `label` is the name, class or category that the
 * product printed; `verdict` the word for what it did.
 */
export function classify(fields: Fields, label: string, verdict: string | undefined): void {
  const known = verdict === undefined ? undefined : connectionVerdict(verdict);
  const kind = kinds.find(({ pattern }) => pattern.test(label));
  const connection = fields["source.ip"] !== undefined && fields["destination.ip"] !== undefined;
  if (kind) {
    fields["event.category"] = connection && kind.alert ? [...kind.category, "network"] : kind.category;
    fields["event.type"] = ["info"];
    if (kind.alert) fields["event.kind"] = "alert";
  } else if (connection) {
    fields["event.category"] = ["network"];
    fields["event.type"] = ["connection"];
  }
  if (known !== undefined && (kind === undefined || kind.alert)) {
    setVerdict(fields, known, verdict);
    if (kind?.alert)
      fields["event.type"] = known === "allowed" || known === "detected" ? ["info"] : ["denied"];
  } else if (verdict !== undefined && verdict !== "") fields["event.action"] = verdict.slice(0, 100);
  else if (label !== "") fields["event.action"] ??= kebabCase(label.slice(0, 100));
  if (kind?.category[0] === "authentication") setLoginOutcome(fields, `${label} ${verdict ?? ""}`);
}

function setLoginOutcome(fields: Fields, words: string): void {
  if (/fail|denied|reject|invalid|unsuccess/i.test(words)) fields["event.outcome"] = "failure";
  else if (/success|succeed|allowed|accept|(?:logged|signed) (?:in|on)/i.test(words)) {
    fields["event.outcome"] = "success";
    fields["event.type"] = ["start"];
  }
}
