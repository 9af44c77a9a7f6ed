import { isRecord, recordsAt, textAt, timeAt } from "../loose.ts";
import { inNetwork, type Observable } from "../observable.ts";
import { type Document, type Provider, type ReadDocument, unreadable, wrongShape } from "../provider.ts";
import { get } from "../question.ts";
import { type Reading, reading } from "../reading.ts";

interface Network {
  readonly cidr: string;
  readonly sbl: string | undefined;
}

/** Spamhaus DROP (https://www.spamhaus.org/blocklists/do-not-route-or-peer/): networks that only criminals use. */
export const spamhausDrop = {
  id: "spamhaus-drop",
  title: "Spamhaus DROP",
  kind: "list",
  types: ["address"],
  base: { url: "https://www.spamhaus.org/drop", variable: "FIREBREAK_SPAMHAUS_DROP_URL" },
  quota: [{ limit: 2, per: "hour" }],
  freshMs: 24 * 3_600_000,
  terms: "Free with credit to Spamhaus and the list's date; no more than one pull an hour.",
  questions: ({ value }) => [get(value.includes(":") ? "/drop_v6.json" : "/drop_v4.json", "list")],
  recognise: (document) => networksOf(document).length > 0,
  read,
} satisfies Provider;

const textLine = /^([0-9a-f.:]+\/\d{1,3})\s*;\s*(SBL\d+)/i;

/** JSON lines `{ cidr, sblid, rir }`, or the older text form "192.0.2.0/24 ; SBL123". */
function networksOf({ json, text }: Document): Network[] {
  if (json !== undefined)
    return recordsAt(json).flatMap((row) => {
      const cidr = textAt(row, "cidr");
      return cidr !== undefined && textAt(row, "sblid") !== undefined
        ? [{ cidr, sbl: textAt(row, "sblid") }]
        : [];
    });
  if (!/^\s*;.{0,80}spamhaus/i.test(text) && !textLine.test(text)) return [];
  return text.split(/\r?\n/).flatMap((line) => {
    const match = textLine.exec(line);
    return match ? [{ cidr: match[1]!, sbl: match[2] }] : [];
  });
}

function read(document: Document): ReadDocument {
  const networks = networksOf(document);
  if (networks.length === 0) return unreadable("list", wrongShape);
  const metadata = recordsAt(document.json).find((row) => textAt(row, "type") === "metadata");
  const date = isRecord(metadata) ? timeAt(metadata, "timestamp") : undefined;
  return {
    outcome: "answered",
    part: "list",
    readings: [],
    feedSize: networks.length,
    feed: (observable) => match(networks, observable, date),
  };
}

function match(
  networks: readonly Network[],
  observable: Observable,
  date: string | undefined,
): Reading | undefined {
  if (observable.type !== "address") return undefined;
  const found = networks.find(({ cidr }) => inNetwork(observable.value, cidr));
  if (found === undefined)
    return reading(observable, "not in the listed networks", date ? { contentAt: date } : {});
  return reading(observable, `in the listed network ${found.cidr}${found.sbl ? ` (${found.sbl})` : ""}`, {
    opinion: "malicious",
    weight: 75,
    labels: ["Spamhaus DROP"],
    contentAt: date,
    ...(found.sbl && { link: `https://check.spamhaus.org/sbl/query/${found.sbl}` }),
  });
}
