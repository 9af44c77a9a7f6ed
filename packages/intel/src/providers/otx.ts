import { feedOf } from "../feed.ts";
import {
  distinct,
  isRecord,
  type Json,
  latest,
  numberAt,
  recordsAt,
  textAt,
  textsAt,
  timeAt,
} from "../loose.ts";
import { type Observable, readObservable, readTyped } from "../observable.ts";
import {
  aboutWhat,
  answered,
  type Document,
  type Provider,
  type Question,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { get } from "../question.ts";
import { reading, relation, technique } from "../reading.ts";
import { readTlp, strictest } from "../tlp.ts";

const lists = ["passive_dns", "url_list"] as const;

/** AlienVault OTX, DirectConnect API (https://otx.alienvault.com/api): which pulses name the observable. */
export const otx = {
  id: "otx",
  title: "OTX",
  kind: "service",
  types: ["address", "domain", "url", "hash", "vulnerability"],
  key: { variable: "FIREBREAK_OTX_KEY", isRequired: false, headers: (key) => ({ "X-OTX-API-KEY": key }) },
  base: { url: "https://otx.alienvault.com/api/v1", variable: "FIREBREAK_OTX_URL" },
  quota: [{ limit: 1000, per: "hour" }],
  questions,
  recognise: ({ json }) =>
    isRecord(json) &&
    (isRecord(json.pulse_info) ||
      lists.some((name) => Array.isArray(json[name])) ||
      pulseRows(json).length > 0 ||
      (isRecord(json.analysis) && Object.hasOwn(json, "page_type"))),
  read,
} satisfies Provider;

/** A pulse that was exported: its indicators. */
function pulseRows(json: Json): Json[] {
  return recordsAt(json, "indicators").filter(
    (one) => typeof one.indicator === "string" && typeof one.type === "string",
  );
}

function readPulse(json: Json): ReadDocument {
  const name = textAt(json, "name") ?? "not named";
  const families = textsAt(json, "malware_families");
  const tlp = readTlp(textAt(json, "TLP") ?? textAt(json, "tlp"));
  const readings = pulseRows(json).flatMap((row) => {
    const about = readObservable(textAt(row, "indicator"));
    const firstSeen = timeAt(row, "created");
    if (about === undefined) return [];
    return [
      reading(about, `named in the pulse "${name}"`, {
        opinion: "suspicious" as const,
        weight: 30,
        labels: distinct([...families, ...textsAt(json, "tags")]).slice(0, 40),
        firstSeen,
        tlp,
      }),
    ];
  });
  return feedOf("pulse", readings);
}

function questions({ type, value }: Observable): Question[] {
  const kind =
    type === "address"
      ? value.includes(":")
        ? "IPv6"
        : "IPv4"
      : { domain: "domain", url: "url", hash: "file", vulnerability: "cve" }[type];
  return [get(`/indicators/${kind}/${encodeURIComponent(value)}/general`)];
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  if (!isRecord(json)) return unreadable("report", wrongShape);
  const list = lists.find((name) => Array.isArray(json[name]));
  if (list !== undefined) return readList(list, json, context);
  if (!isRecord(json.pulse_info) && pulseRows(json).length > 0) return readPulse(json);
  const about = subjectOf(json) ?? context.about;
  const pulses = recordsAt(json, "pulse_info", "pulses");
  const count = numberAt(json, "pulse_info", "count") ?? pulses.length;
  if (!isRecord(json.pulse_info))
    return unreadable("report", textAt(json, "detail") ?? textAt(json, "error") ?? wrongShape);
  if (!about) return unreadable("report", aboutWhat);
  const validation = recordsAt(json, "validation").flatMap(
    (one) => textAt(one, "message") ?? textAt(one, "name") ?? [],
  );
  const isFalse = recordsAt(json, "false_positive").length > 0;
  const families = distinct(
    pulses.flatMap((one) =>
      recordsAt(one, "malware_families").flatMap((family) => textAt(family, "display_name") ?? []),
    ),
  );
  const lastSeen = latest(pulses.map((one) => timeAt(one, "modified") ?? timeAt(one, "created")));
  const tlp = strictest(pulses.map((one) => readTlp(textAt(one, "TLP") ?? textAt(one, "tlp"))));
  const found = reading(about, summaryOf(pulses, count, families), {
    ...judge(count, validation.length > 0 || isFalse),
    labels: distinct([...families, ...pulses.flatMap((one) => textsAt(one, "tags"))]).slice(0, 40),
    techniques: pulses.flatMap((one) =>
      recordsAt(one, "attack_ids").flatMap((attack) =>
        technique(textAt(attack, "id"), `named in the OTX pulse "${textAt(one, "name") ?? ""}"`),
      ),
    ),
    notes: notesOf(json),
    lastSeen,
    contentAt: lastSeen,
    tlp,
    ...(validation.length > 0 && {
      shared: `on lists of known things: ${validation.slice(0, 3).join(", ")}`,
    }),
  });
  return answered("report", [found]);
}

function subjectOf(json: Json): Observable | undefined {
  return readObservable(textAt(json, "indicator") ?? textAt(json, "base_indicator", "indicator"));
}

/** A pulse is one person's list: many of them are a sign, one is a hint. Known-good lists make them weaker, not void. */
function judge(count: number, isDisputed: boolean) {
  if (count === 0) return { opinion: "no detections" as const, weight: 0 };
  const weight = count >= 10 ? 55 : count >= 3 ? 40 : 25;
  return { opinion: "suspicious" as const, weight: isDisputed ? Math.round(weight * 0.4) : weight };
}

function summaryOf(pulses: readonly Json[], count: number, families: readonly string[]): string {
  if (count === 0) return "in no pulse";
  const names = pulses.flatMap((one) => textAt(one, "name") ?? []).slice(0, 3);
  const told =
    names.length > 0
      ? ` (${names.map((name) => `"${name}"`).join(", ")}${count > names.length ? ", …" : ""})`
      : "";
  const malware = families.length > 0 ? `; families ${families.slice(0, 5).join(", ")}` : "";
  return `named in ${count} ${count === 1 ? "pulse" : "pulses"}${told}${malware}`;
}

function notesOf(json: Json): string[] {
  const network = textAt(json, "asn");
  return network === undefined
    ? []
    : [`OTX: ${network}${textAt(json, "country_code") ? `, ${textAt(json, "country_code")}` : ""}.`];
}

/** Passive DNS and URL lists do not name the observable they are about, save in their rows. */
function readList(list: (typeof lists)[number], json: Json, context: ReadContext): ReadDocument {
  const part = list.replace("_", " ");
  const about = context.about;
  if (about === null) return unreadable(part, aboutWhat);
  const relations = recordsAt(json, list).flatMap((row) => {
    const target =
      list === "url_list"
        ? readTyped("url", textAt(row, "url"))
        : [textAt(row, "hostname"), textAt(row, "address")]
            .flatMap((value) => readObservable(value) ?? [])
            .find(({ value }) => value !== about.value);
    const seenAt = timeAt(row, "last") ?? timeAt(row, "date");
    return relation(list === "url_list" ? "hosted-url" : "resolution", target, { seenAt });
  });
  return answered(part, [reading(about, `${relations.length} rows of ${part}`, { relations })]);
}
