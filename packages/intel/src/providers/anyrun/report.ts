import { distinct, type Json, numberAt, recordAt, recordsAt, textAt, textsAt, timeAt } from "../../loose.ts";
import { hashesAt, readObservable, readTyped } from "../../observable.ts";
import { aboutWhat, answered, type ReadContext, type ReadDocument, unreadable } from "../../provider.ts";
import { type Judgement, type Relation, reading, relation, technique } from "../../reading.ts";

/** One run of one sample or URL: its verdict, what it talked to and what it dropped. */
export function readReport(report: Json, context: ReadContext): ReadDocument {
  const analysis = recordAt(report, "analysis") ?? {};
  const main = recordAt(analysis, "content", "mainObject");
  const hashes = hashesAt(main?.hashes);
  const about = hashes[0] ?? readTyped("url", textAt(main, "url")) ?? context.about;
  if (!about) return unreadable("sandbox report", aboutWhat);
  const verdict = recordAt(analysis, "scores", "verdict");
  const level = numberAt(verdict, "threatLevel");
  const score = numberAt(verdict, "score");
  const words = textAt(verdict, "threatLevelText") ?? levelWord(level);
  const contentAt =
    timeAt(analysis, "creation") ?? timeAt(analysis, "creationText") ?? timeAt(analysis, "date");
  const tags = recordsAt(analysis, "tags").flatMap((one) => textAt(one, "tag") ?? []);
  const families = [...recordsAt(report, "malconf"), ...recordsAt(report, "configs")].flatMap(
    (one) => textAt(one, "family") ?? textAt(one, "name") ?? [],
  );
  return answered("sandbox report", [
    reading(about, `${words.toLowerCase()}${score === undefined ? "" : `, score ${score} of 100`}`, {
      ...judge(level, score),
      aliases: hashes.slice(1),
      labels: distinct([...families, ...tags, ...textsAt(analysis, "tags").filter((tag) => tag !== "")]),
      relations: [...networkRelations(recordAt(report, "network")), ...dropped(report)],
      techniques: recordsAt(report, "mitre").flatMap((one) =>
        technique(textAt(one, "id"), textAt(one, "name")),
      ),
      notes: notesOf(main),
      isCapability: true,
      contentAt,
      link: textAt(analysis, "permanentUrl"),
    }),
  ]);
}

function notesOf(main: Json | undefined): string[] {
  const name = textAt(main, "filename") ?? textAt(main, "names", "basename");
  return name === undefined ? [] : [`ANY.RUN: ran as ${name}.`];
}

function levelWord(level: number | undefined): string {
  return ["no threats detected", "suspicious activity", "malicious activity"][level ?? -1] ?? "no verdict";
}

/** @param level 0 none, 1 suspicious, 2 malicious; `score` from 0 to 100 decides where it is missing */
export function judge(level: number | undefined, score: number | undefined): Judgement {
  if (level === 2 || (level === undefined && (score ?? 0) >= 70)) return { opinion: "malicious", weight: 75 };
  if (level === 1 || (level === undefined && (score ?? 0) >= 40))
    return { opinion: "suspicious", weight: 40 };
  if (level === 0) return { opinion: "no detections", weight: 0 };
  return { opinion: "context", weight: 0 };
}

function networkRelations(network: Json | undefined): Relation[] {
  const to = (value: string | undefined, detail: string) =>
    relation("contacted", readObservable(value), { detail });
  const alerts = recordsAt(network, "threats").flatMap((one) => {
    const target = readObservable(textAt(one, "dstip") ?? textAt(one, "dst_ip"));
    const detail = [textAt(one, "msg"), textAt(one, "class")].filter(Boolean).join(", ");
    return relation("ids-alert", target, { detail });
  });
  return [
    ...recordsAt(network, "connections").flatMap((one) =>
      to(textAt(one, "ip"), [textAt(one, "protocol"), textAt(one, "port")].filter(Boolean).join(" ")),
    ),
    ...recordsAt(network, "dnsRequests").flatMap((one) => to(textAt(one, "domain"), "name look-up")),
    ...recordsAt(network, "httpRequests").flatMap((one) =>
      to(textAt(one, "url"), textAt(one, "method") ?? "HTTP"),
    ),
    ...alerts,
  ];
}

function dropped(report: Json): Relation[] {
  const rows = [
    ...recordsAt(report, "modified", "files"),
    ...recordsAt(report, "analysis", "content", "dropped"),
  ];
  return rows.flatMap((row) => {
    const target =
      readTyped("hash", textAt(row, "info", "hashes", "sha256")) ??
      readTyped("hash", textAt(row, "hashes", "sha256")) ??
      readTyped("hash", textAt(row, "sha256"));
    return relation("dropped", target, { detail: textAt(row, "filename") });
  });
}
