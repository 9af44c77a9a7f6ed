import {
  distinct,
  isRecord,
  type Json,
  listAt,
  numberAt,
  recordAt,
  recordsAt,
  textAt,
  textsAt,
  timeAt,
} from "../loose.ts";
import { hashesAt, readObservable, readTyped } from "../observable.ts";
import {
  aboutWhat,
  answered,
  type Document,
  type Provider,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { type Judgement, type Relation, reading, relation, type Technique, technique } from "../reading.ts";

/** Reports of CAPE (https://capev2.readthedocs.io/) and Cuckoo (https://cuckoo.readthedocs.io/): saved files only. */
export const cape = {
  id: "cape",
  title: "CAPE or Cuckoo",
  kind: "document",
  types: ["hash", "url", "address", "domain"],
  quota: [],
  recognise: ({ json }) =>
    isRecord(json) &&
    isRecord(json.info) &&
    ["target", "behavior", "signatures", "malscore", "network"].filter((name) => Object.hasOwn(json, name))
      .length >= 2,
  read,
} satisfies Provider;

function read({ json }: Document, context: ReadContext): ReadDocument {
  if (!isRecord(json)) return unreadable("sandbox report", wrongShape);
  const file = recordAt(json, "target", "file");
  const hashes = hashesAt(file);
  const about = hashes[0] ?? readTyped("url", textAt(json, "target", "url")) ?? context.about;
  if (!about) return unreadable("sandbox report", aboutWhat);
  // CAPE's malscore and Cuckoo's info.score both run from 0 to 10; Cuckoo's may exceed it.
  const score = numberAt(json, "malscore") ?? numberAt(json, "info", "score");
  const families = familiesOf(json);
  const contentAt = timeAt(json, "info", "ended") ?? timeAt(json, "info", "started");
  const signatures = recordsAt(json, "signatures");
  const worst = signatures.filter((one) => (numberAt(one, "severity") ?? 0) >= 3);
  const name = textAt(file, "name");
  return answered("sandbox report", [
    reading(
      about,
      [
        score === undefined ? "no score" : `score ${score} of 10`,
        ...(families.length > 0 ? [families.slice(0, 3).join(", ")] : []),
        `${signatures.length} signatures${worst.length > 0 ? `, ${worst.length} of high severity` : ""}`,
      ].join("; "),
      {
        ...judge(score, families.length > 0),
        aliases: hashes.slice(1),
        labels: distinct([...families, ...signatures.flatMap((one) => textAt(one, "name") ?? [])]).slice(
          0,
          60,
        ),
        relations: [...networkRelations(json), ...alerts(json), ...dropped(json)],
        techniques: techniquesOf(json),
        notes: name === undefined ? [] : [`Sandbox: ran as ${name}.`],
        isCapability: true,
        contentAt,
      },
    ),
  ]);
}

function judge(score: number | undefined, hasFamily: boolean): Judgement {
  if (hasFamily) return { opinion: "malicious", weight: (score ?? 0) >= 5 ? 80 : 65 };
  if (score === undefined) return { opinion: "context", weight: 0 };
  if (score >= 7) return { opinion: "malicious", weight: 65 };
  if (score >= 4) return { opinion: "suspicious", weight: 40 };
  return score > 2 ? { opinion: "suspicious", weight: 20 } : { opinion: "no detections", weight: 0 };
}

/** `malfamily` is a text; `detections` a text in old CAPE, a list of `{ family }` in new. */
function familiesOf(json: Json): string[] {
  const detections = listAt(json, "detections").flatMap(
    (one) => (typeof one === "string" ? one : textAt(one, "family")) ?? [],
  );
  const configs = recordsAt(json, "CAPE", "configs").flatMap((one) =>
    Object.keys(one).filter((key) => !key.startsWith("_")),
  );
  return distinct([...textsAt(json, "malfamily"), ...detections, ...configs]).filter(
    (one) => one !== "" && one !== "None",
  );
}

function networkRelations(json: Json): Relation[] {
  const network = recordAt(json, "network");
  const to = (value: string | undefined, detail?: string) =>
    relation("contacted", readObservable(value), { detail });
  // Hosts are objects in CAPE and plain addresses in Cuckoo.
  const hosts = listAt(network, "hosts").flatMap((one) =>
    to(typeof one === "string" ? one : textAt(one, "ip")),
  );
  const flows = ["tcp", "udp"].flatMap((kind) =>
    recordsAt(network, kind).flatMap((one) =>
      to(textAt(one, "dst"), `${kind.toUpperCase()} ${textAt(one, "dport") ?? ""}`.trim()),
    ),
  );
  const names = [
    ...recordsAt(network, "domains").flatMap((one) => to(textAt(one, "domain"), "name look-up")),
    ...recordsAt(network, "dns").flatMap((one) => to(textAt(one, "request"), "name look-up")),
  ];
  const pages = [
    ...recordsAt(network, "http"),
    ...recordsAt(network, "http_ex"),
    ...recordsAt(network, "https_ex"),
  ].flatMap((one) => to(pageOf(one), textAt(one, "method") ?? "HTTP"));
  // Flows first: they carry the port that the list of hosts lacks.
  return unique([...flows, ...hosts, ...names, ...pages]);
}

function pageOf(row: Json): string | undefined {
  const uri = textAt(row, "uri");
  if (uri !== undefined && /^https?:/i.test(uri)) return uri;
  const host = textAt(row, "host");
  return host === undefined
    ? undefined
    : `${textAt(row, "protocol") ?? "http"}://${host}${uri ?? textAt(row, "path") ?? "/"}`;
}

function unique(relations: readonly Relation[]): Relation[] {
  const seen = new Map<string, Relation>();
  for (const one of relations) {
    const key = `${one.target.type} ${one.target.value}`;
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()];
}

/** Suricata's alerts: `dstip` in CAPE, `dst_ip` in Cuckoo and eve.json. */
function alerts(json: Json): Relation[] {
  return [...recordsAt(json, "suricata", "alerts"), ...recordsAt(json, "snort", "alerts")].flatMap((one) => {
    const target = readObservable(textAt(one, "dstip") ?? textAt(one, "dst_ip"));
    const detail = textAt(one, "signature") ?? textAt(one, "alert", "signature") ?? textAt(one, "message");
    return relation("ids-alert", target, { detail });
  });
}

function dropped(json: Json): Relation[] {
  return [...recordsAt(json, "dropped"), ...recordsAt(json, "CAPE", "payloads")].flatMap((one) => {
    const [target] = hashesAt(one, ["sha256", "md5"]);
    const detail = textAt(one, "name", "0") ?? textsAt(one, "name")[0];
    return relation("dropped", target, { detail });
  });
}

/** CAPE lists `ttps` as `{ signature, ttps: [id] }` or `{ signature, ttp }`; Cuckoo as an object by id, or inside signatures. */
function techniquesOf(json: Json): Technique[] {
  const isId = (id: string) => /^T\d{4}(?:\.\d{3})?$/.test(id);
  const listed = recordsAt(json, "ttps").flatMap((one) =>
    [...textsAt(one, "ttps"), ...textsAt(one, "ttp")]
      .filter(isId)
      .flatMap((id) => technique(id, textAt(one, "signature"))),
  );
  const inSignatures = recordsAt(json, "signatures").flatMap((one) => {
    const ttps = one.ttp ?? one.ttps;
    const ids = isRecord(ttps) ? Object.keys(ttps) : listAt(ttps).flatMap((id) => textAt(id) ?? []);
    return ids.filter(isId).flatMap((id) => technique(id, textAt(one, "description")));
  });
  // Older CAPE: an object of lists of signatures by technique.
  const byId = Object.entries(recordAt(json, "ttps") ?? {})
    .filter(([id]) => isId(id))
    .flatMap(([id, names]) => technique(id, textsAt(names)[0]));
  return [...listed, ...byId, ...inSignatures];
}
