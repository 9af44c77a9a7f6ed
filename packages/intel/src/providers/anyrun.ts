import { feedOf } from "../feed.ts";
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
import { type Judgement, type Reading, type Relation, reading, relation, technique } from "../reading.ts";

/** ANY.RUN: saved reports, indicator lists and task lists (https://any.run/api-documentation/). Never asked, never submitted to. */
export const anyrun = {
  id: "anyrun",
  title: "ANY.RUN",
  kind: "document",
  types: ["hash", "url", "address", "domain"],
  quota: [],
  recognise: ({ json }) =>
    reportOf(json) !== undefined || indicatorsOf(json).length > 0 || tasksOf(json).length > 0,
  read,
} satisfies Provider;

/** The report's body: under `data`, or saved without it, or its `analysis` alone. */
function reportOf(json: unknown): Json | undefined {
  const whole = recordAt(json, "data") ?? recordAt(json);
  const isAnalysis = recordAt(whole, "content", "mainObject") !== undefined && isRecord(whole?.scores);
  const body = isAnalysis ? { analysis: whole } : whole;
  const analysis = recordAt(body, "analysis");
  if (analysis === undefined) return undefined;
  const isOurs =
    isRecord(analysis.scores) ||
    isRecord(recordAt(analysis, "content", "mainObject")) ||
    /any\.run/.test(textAt(analysis, "permanentUrl") ?? "");
  return isOurs ? body : undefined;
}

/** The indicator report: `[{ category, type, ioc, reputation }]`, sometimes under `data`. */
function indicatorsOf(json: unknown): Json[] {
  const rows = Array.isArray(json) ? recordsAt(json) : recordsAt(json, "data");
  return rows.filter(
    (row) =>
      typeof row.ioc === "string" && Object.hasOwn(row, "reputation") && !Object.hasOwn(row, "ioc_type"),
  );
}

/** A task list: `{ data: { tasks: [{ verdict, name, hashes, … }] } }`. */
function tasksOf(json: unknown): Json[] {
  const rows = recordsAt(json, "data", "tasks");
  return rows.filter((row) => isRecord(row.hashes) && Object.hasOwn(row, "verdict"));
}

function read({ json }: Document, context: ReadContext): ReadDocument {
  const report = reportOf(json);
  if (report !== undefined) return readReport(report, context);
  const indicators = indicatorsOf(json);
  if (indicators.length > 0) return readIndicators(indicators);
  const tasks = tasksOf(json).flatMap(readTask);
  return tasks.length > 0 ? feedOf("tasks", tasks) : unreadable("report", wrongShape);
}

function readReport(report: Json, context: ReadContext): ReadDocument {
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

function judge(level: number | undefined, score: number | undefined): Judgement {
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

const reputations: readonly (Judgement & { words: string })[] = [
  { opinion: "context", weight: 0, words: "without a verdict" },
  { opinion: "suspicious", weight: 35, words: "suspicious" },
  { opinion: "malicious", weight: 70, words: "malicious" },
];

/** The main object is the sample; the others are what it dropped and talked to. */
function readIndicators(rows: readonly Json[]): ReadDocument {
  const found = rows.flatMap((row) => {
    const observable = readObservable(textAt(row, "ioc"));
    return observable === undefined ? [] : [{ row, observable }];
  });
  const isMain = ({ row }: { row: Json }) => /main object/i.test(textAt(row, "category") ?? "");
  const main = found.filter(isMain).map(({ observable }) => observable);
  const subject = main.find(({ value }) => value.length === 64) ?? main[0];
  const relations = found
    .filter((one) => !isMain(one))
    .flatMap(({ row, observable }) =>
      relation(observable.type === "hash" ? "dropped" : "contacted", observable, {
        detail: textAt(row, "name") ?? textAt(row, "category"),
      }),
    );
  const readings = found
    .filter((one) => subject === undefined || !isMain(one) || one.observable === subject)
    .map(({ row, observable }): Reading => {
      const judged = reputations[numberAt(row, "reputation") ?? 0] ?? reputations[0]!;
      const isSubject = observable === subject;
      return reading(
        observable,
        `${judged.words} in a sandbox run (${(textAt(row, "category") ?? "indicator").toLowerCase()})`,
        {
          opinion: judged.opinion,
          weight: judged.weight,
          ...(isSubject && {
            aliases: main.filter((one) => one !== subject && one.type === "hash"),
            relations,
            isCapability: true as const,
          }),
        },
      );
    });
  return readings.length === 0 ? unreadable("indicators", wrongShape) : answered("indicators", readings);
}

function readTask(task: Json): Reading[] {
  const [about, ...aliases] = hashesAt(task.hashes, ["sha256", "sha1", "md5", "head_hash"]);
  if (about === undefined) return [];
  const verdict = textAt(task, "verdict") ?? "no verdict";
  const level = [/no threat/i, /suspicious/i, /malicious/i].findLastIndex((word) => word.test(verdict));
  return [
    reading(about, verdict.toLowerCase(), {
      ...judge(level < 0 ? undefined : level, undefined),
      aliases,
      labels: listAt(task, "tags").flatMap((tag) => textAt(tag) ?? []),
      isCapability: true,
      contentAt: timeAt(task, "date"),
      link: textAt(task, "related"),
    }),
  ];
}
