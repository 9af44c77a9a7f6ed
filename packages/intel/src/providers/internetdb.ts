import { distinct, isRecord, textAt, textsAt } from "../loose.ts";
import { readTyped } from "../observable.ts";
import {
  answered,
  type Document,
  notKnown,
  type Provider,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { get } from "../question.ts";
import { reading, relation } from "../reading.ts";

const members = ["cpes", "hostnames", "ports", "tags", "vulns"];
const badTags = new Set(["malware", "c2", "compromised", "doublepulsar"]);

/** Shodan InternetDB (https://internetdb.shodan.io/): open ports and known weaknesses of an address, no key needed. */
export const internetdb = {
  id: "internetdb",
  title: "Shodan InternetDB",
  kind: "service",
  types: ["address"],
  base: { url: "https://internetdb.shodan.io", variable: "FIREBREAK_INTERNETDB_URL" },
  quota: [{ limit: 1, per: "second" }],
  terms: "InternetDB is free for non-commercial use.",
  questions: ({ value }) => [get(`/${encodeURIComponent(value)}`)],
  recognise: ({ json }) =>
    isRecord(json) &&
    (typeof json.ip_str === "string" ||
      (typeof json.ip === "string" && members.filter((name) => Object.hasOwn(json, name)).length >= 3) ||
      (Object.keys(json).length === 1 && textAt(json, "detail") === "No information available")),
  read,
} satisfies Provider;

function read({ json }: Document, context: ReadContext): ReadDocument {
  if (!isRecord(json)) return unreadable("report", wrongShape);
  if (textAt(json, "detail") !== undefined && !Object.hasOwn(json, "ip") && !Object.hasOwn(json, "ip_str"))
    return notKnown("report", context.about ?? undefined);
  const about = readTyped("address", json.ip_str) ?? readTyped("address", json.ip) ?? context.about;
  if (about === null) return unreadable("report", wrongShape);
  const ports = textsAt(json, "ports");
  // A list here, an object by id in the full host answer.
  const vulns = isRecord(json.vulns) ? Object.keys(json.vulns) : textsAt(json, "vulns");
  const tags = textsAt(json, "tags");
  const bad = tags.filter((tag) => badTags.has(tag));
  const found = reading(
    about,
    `${ports.length} open ports (${ports.slice(0, 12).join(", ")}), ${vulns.length} known weaknesses`,
    {
      ...(bad.length > 0 && { opinion: "suspicious" as const, weight: 40 }),
      labels: distinct(tags),
      notes:
        vulns.length > 0
          ? [
              `Shodan InternetDB: weaknesses inferred from banners: ${vulns.slice(0, 10).join(", ")}${vulns.length > 10 ? ` and ${vulns.length - 10} more` : ""}.`,
            ]
          : [],
      relations: [
        ...textsAt(json, "hostnames").flatMap((name) => relation("resolution", readTyped("domain", name))),
        ...vulns.flatMap((id) =>
          relation("related", readTyped("vulnerability", id), { detail: "inferred from a banner" }),
        ),
      ],
      ...(tags.includes("cdn") && { shared: "tagged as a content delivery network" }),
      link: `https://www.shodan.io/host/${encodeURIComponent(about.value)}`,
    },
  );
  return answered("report", [found]);
}
