import { feedOf } from "../../feed.ts";
import { isRecord, type Json, listAt, recordAt, recordsAt, textAt, timeAt } from "../../loose.ts";
import { hashesAt } from "../../observable.ts";
import {
  type Document,
  type Provider,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../../provider.ts";
import { type Reading, reading } from "../../reading.ts";
import { readIndicators } from "./indicators.ts";
import { judge, readReport } from "./report.ts";

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
