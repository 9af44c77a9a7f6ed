import { createCorrelator } from "../../packages/sigma/src/correlation/correlator.ts";
import type { RuleMatch } from "../../packages/sigma/src/correlation/match.ts";
import { parseCorrelation } from "../../packages/sigma/src/correlation/parse.ts";

/** Matches pushed per workload; another number as first argument. */
const total = Number(process.argv[2] ?? 1_000_000);

interface Workload {
  readonly name: string;
  readonly correlation: Record<string, unknown>;
  readonly groups: number;
  readonly latenessMs: number;
}

const base = { "group-by": ["user"], timespan: "5m" };
const workloads: Workload[] = [
  {
    name: "event_count, 1 group (one endless run)",
    groups: 1,
    latenessMs: 0,
    correlation: { ...base, type: "event_count", rules: ["a"], condition: { gte: 100 } },
  },
  {
    name: "event_count, 1,000 groups",
    groups: 1000,
    latenessMs: 0,
    correlation: { ...base, type: "event_count", rules: ["a"], condition: { gte: 100 } },
  },
  {
    name: "event_count, 1,000 groups, out of order",
    groups: 1000,
    latenessMs: 5000,
    correlation: { ...base, type: "event_count", rules: ["a"], condition: { gte: 100 } },
  },
  {
    name: "event_count, a new group each time",
    groups: Number.POSITIVE_INFINITY,
    latenessMs: 0,
    correlation: { ...base, type: "event_count", rules: ["a"], condition: { gte: 100 } },
  },
  {
    name: "value_count, 1,000 groups",
    groups: 1000,
    latenessMs: 0,
    correlation: { ...base, type: "value_count", rules: ["a"], condition: { gte: 20, field: "host" } },
  },
  {
    name: "value_percentile, 1,000 groups",
    groups: 1000,
    latenessMs: 0,
    correlation: {
      ...base,
      type: "value_percentile",
      rules: ["a"],
      condition: { gte: 90, field: "bytes", percentile: 95 },
    },
  },
  {
    name: "temporal, boolean, 1,000 groups",
    groups: 1000,
    latenessMs: 0,
    correlation: { ...base, type: "temporal", condition: "a and b and not c" },
  },
  {
    name: "temporal_ordered, 1,000 groups",
    groups: 1000,
    latenessMs: 0,
    correlation: { ...base, type: "temporal_ordered", rules: ["a", "b", "c"] },
  },
];

/** Second argument: only workloads whose name has this text. */
for (const workload of workloads) if (workload.name.includes(process.argv[3] ?? "")) run(workload);

function run({ name, correlation, groups, latenessMs }: Workload): void {
  const read = parseCorrelation({ title: name, id: "bench", correlation }, { path: "bench.yml" });
  if (read.correlation === undefined) throw new Error(JSON.stringify(read.diagnostics));
  const correlator = createCorrelator([read.correlation], [{ id: "a" }, { id: "b" }, { id: "c" }], {
    latenessMs,
  });
  const random = createRandom(7);
  const heaps: number[] = [];
  let found = 0;
  const start = process.hrtime.bigint();
  for (let index = 0; index < total; index++) {
    found += correlator.push(matchAt(index, groups, latenessMs, random)).length;
    if (index % (total / 4) === total / 4 - 1) heaps.push(heapMegabytes());
  }
  found += correlator.flush().length;
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const rate = Math.round(total / seconds).toLocaleString("en");
  console.log(`${name}: ${rate} matches/s, ${found} runs, heap ${heaps.join(" ")} MB`);
}

/** One match each millisecond on average; the same ones in every execution. */
function matchAt(index: number, groups: number, latenessMs: number, random: () => number): RuleMatch {
  const user = groups === Number.POSITIVE_INFINITY ? `u${index}` : `u${Math.floor(random() * groups)}`;
  const kind = Math.floor(random() * 200);
  const ms = 1_700_000_000_000 + index - Math.floor(random() * latenessMs);
  return {
    ruleId: kind < 198 ? "a" : kind === 198 ? "b" : "c",
    time: { ms, ns: 0 },
    ref: `0123456789ab:${index * 180}`,
    get: (field) => (field === "user" ? user : field === "host" ? `h${kind}` : kind / 2),
  };
}

function heapMegabytes(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

/** Park and Miller's generator: no seed from the clock. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
