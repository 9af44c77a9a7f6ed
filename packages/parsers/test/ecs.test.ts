/**
 * Events say what ECS 9 says (`@elastic/ecs`, the schema as Elastic publishes it): every golden event, the first records of the
 * examples' evidence, and every name that a parser's source writes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EcsFlat } from "@elastic/ecs";
import { describe, expect, it } from "vitest";
import { ecsFieldNames } from "../src/ecs/fields.generated.ts";
import { formats } from "../src/formats.generated.ts";
import { collect } from "../src/testing/collect.ts";
import { ecsProblems, isEventField, pairProblems } from "../src/testing/ecs.ts";
import { readFixtures } from "../src/testing/fixtures.ts";

/**
 * What is known to differ in the goldens, and how often. The list may only shrink: an entry that no longer occurs fails too.
 */
const known: Record<string, number> = {
  // apt installs several packages in one record; ECS has one name an event.
  "linux/package-log package.name: a list": 1,
  // A Wazuh rule is in several groups; ECS has one category a rule.
  "generic/json-lines rule.category: a list": 1,
  // Hostile sizes beyond 64 bits: the digits are kept as they were recorded.
  'web/access http.response.body.bytes: "99999999999999999999" is no long': 1,
  'cloud/aws-vpc-flow network.bytes: "99999999999999999999" is no long': 1,
  'cloud/aws-vpc-flow source.bytes: "99999999999999999999" is no long': 1,
};

describe("events in ECS", () => {
  it("holds for every golden event", () => {
    const found: Record<string, number> = {};
    let events = 0;
    for (const { path, events: golden } of goldenEvents()) {
      for (const event of golden) {
        events++;
        for (const problem of ecsProblems(event)) {
          const name = `${path} ${problem}`;
          found[name] = (found[name] ?? 0) + 1;
        }
      }
    }
    expect(found).toEqual(known);
    expect(events).toBeGreaterThan(1000);
  });

  it("holds for the examples' evidence", () => {
    const root = fileURLToPath(new URL("../../../examples/", import.meta.url));
    const found = new Set<string>();
    let events = 0;
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!/[\\/]evidence[\\/].*\.\w+$|[\\/]maillog$/.test(file)) continue;
      const bytes = readFileSync(join(root, file)).subarray(0, 64 << 10);
      for (const event of collect(bytes, formats, { fileName: file }).events) {
        events++;
        for (const problem of ecsProblems(event.fields)) found.add(`${event.dataset} ${problem}`);
      }
    }
    expect([...found]).toEqual([]);
    expect(events).toBeGreaterThan(1000);
  });

  it("holds for a document that says it is in ECS", () => {
    const shipped = {
      "@timestamp": "2024-13-45T99:99:99Z",
      ecs: { version: "1.0" },
      event: {
        kind: "signal",
        category: "network_traffic",
        type: ["info"],
        outcome: "blocked",
        created: "now",
        code: 7,
      },
      host: { name: ["a"], ip: "192.0.2.1", colour: "red" },
      source: { ip: "gw.example", port: 99_999, bytes: "12" },
      hash: { md5: "0" },
      user: { name: ["a", "b"] },
    };
    const { fields } = collect(`${JSON.stringify(shipped)}\n`, formats).events[0]!;
    expect(ecsProblems(fields)).toEqual(["event.type: no category/info"]);
    expect(fields).toMatchObject({
      "event.kind": "alert",
      "event.code": "7",
      "host.name": "a",
      "host.ip": ["192.0.2.1"],
      "source.bytes": 12,
      "firebreak.raw.host.colour": "red",
      "firebreak.raw.source.port": 99_999,
      "firebreak.raw.user.name": ["a", "b"],
      "firebreak.raw.event.category": "network_traffic",
    });
  });

  it("holds for every name and pair that a source writes", () => {
    const root = fileURLToPath(new URL("../src/", import.meta.url));
    const found: string[] = [];
    for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts") || file.endsWith(".test.ts")) continue;
      const text = readFileSync(join(root, file), "utf8");
      for (const name of writtenNames(text)) if (!isEventField(name)) found.push(`${file} ${name}`);
      for (const [, categories, types] of text.matchAll(/eventFields\(\s*"([a-z_ ]+)",\s*"([a-z ]+)"/g))
        for (const problem of pairProblems(categories!.split(" "), types!.split(" ")))
          found.push(`${file} ${problem}`);
    }
    expect(found).toEqual([]);
  });
});

it("the parsers' table of fields is the schema's", () => {
  const leaves = Object.entries(EcsFlat).filter(
    ([, { type }]) => !/^(?:object|nested|flattened|geo_point)$/.test(type),
  );
  const listed = Object.values(ecsFieldNames).flatMap((names) => names.split(" "));
  expect(listed.sort()).toEqual(leaves.map(([name]) => name).sort());
});

describe("ecsProblems", () => {
  const cases: readonly (readonly [string, Record<string, unknown>, string | undefined])[] = [
    ["nothing", {}, undefined],
    ["a name of ECS", { "source.ip": "192.0.2.1", "source.port": 65_535 }, undefined],
    [
      "names of ours and of shippers",
      { "firebreak.raw.x": 1, "winlog.channel": "a", "log.offset": 0 },
      undefined,
    ],
    ["a name of nobody", { "source.colour": "red" }, "source.colour: neither in ECS nor below firebreak."],
    ["a field set that ECS nests", { "hash.md5": "0" }, "hash.md5: neither in ECS nor below firebreak."],
    ["an object without its leaf", { "process.tty": "pts/0" }, 'process.tty: "pts/0" is no object'],
    ["no address", { "destination.ip": "gw.example" }, 'destination.ip: "gw.example" is no ip'],
    ["no port", { "source.port": 65_536 }, "source.port: 65536 is no port"],
    ["a number as text", { "process.pid": "7" }, 'process.pid: "7" is no long'],
    ["a fraction", { "source.bytes": 1.5 }, "source.bytes: 1.5 is no long"],
    ["an integer beyond 2^53", { "source.bytes": "9007199254740993" }, undefined],
    ["text as a number", { "event.code": 4625 }, "event.code: 4625 is no keyword"],
    ["no boolean", { "tls.established": "yes" }, 'tls.established: "yes" is no boolean'],
    ["no instant", { "@timestamp": "2024-03-03 10:22:33" }, '@timestamp: "2024-03-03 10:22:33" is no date'],
    ["one value for a list", { "host.ip": "192.0.2.1" }, "host.ip: not a list"],
    ["a list for one value", { "user.name": ["a", "b"] }, "user.name: a list"],
    ["parallel lists of answers", { "dns.answers.data": ["192.0.2.1", "192.0.2.2"] }, undefined],
    ["an unknown kind", { "event.kind": "log" }, "event.kind: log is not among ECS's values"],
    [
      "an unknown outcome",
      { "event.outcome": "blocked" },
      "event.outcome: blocked is not among ECS's values",
    ],
    [
      "an unknown direction",
      { "network.direction": "in" },
      "network.direction: in is not among ECS's values",
    ],
    [
      "a type of another category",
      { "event.category": ["authentication"], "event.type": ["denied"] },
      "event.type: authentication/denied",
    ],
    [
      "a type of one of two categories",
      { "event.category": ["web", "network"], "event.type": ["end"] },
      undefined,
    ],
    ["a type alone", { "event.type": ["info"] }, "event.type: no category/info"],
  ];
  it.each(cases)("%s", (_, fields, problem) => {
    expect(ecsProblems(fields)).toEqual(problem === undefined ? [] : [problem]);
  });
});

function* goldenEvents() {
  const root = fileURLToPath(new URL("../fixtures/", import.meta.url));
  for (const { path } of readFixtures()) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    const [, ...lines] = readFileSync(join(root, folder, "golden.ndjson"), "utf8")
      .trimEnd()
      .split("\n");
    yield { path: folder, events: lines.map((line) => flatten(JSON.parse(line) as object)) };
  }
}

function flatten(value: object, prefix = "", into: Record<string, unknown> = {}): Record<string, unknown> {
  for (const [key, member] of Object.entries(value)) {
    if (typeof member === "object" && member !== null && !Array.isArray(member))
      flatten(member as object, `${prefix}${key}.`, into);
    else into[`${prefix}${key}`] = member;
  }
  return into;
}

const dotted = "([a-z][a-z_0-9]*(?:\\.[a-z_0-9]+)+)";
/** The ways in which sources name the field that they write; names that they read (a product's own keys) stand otherwise. */
const writes = [
  `fields\\["${dotted}"\\] (?:\\?\\?)?= `,
  `\\bput(?:Text|Integer|List|Mac)\\(fields, "${dotted}"`,
  `\\["(?:text|lower|integer|list|mac)", "${dotted}"`,
  `^\\s+"?[\\w -]+"?: "${dotted}(?::[a-z]+)?",$`,
  `field: "${dotted}"`,
].map((source) => new RegExp(source, "gm"));

/** The targets of a rule's groups: "@ user.name source.bytes:n source:port . url" (text/rules.ts). */
const groups =
  /"((?:(?:[a-z]+(?:\.[a-z_0-9]+)+(?::n)?|(?:source|destination)(?::port)?|url|[.@])(?: |(?=")))+)"/g;

function writtenNames(source: string): string[] {
  const targets = [...source.matchAll(groups)]
    .map((match) => match[1]!.split(" "))
    .filter((names) => names.length > 1)
    .flat()
    .map((name) => name.replace(/:n$/, ""))
    .filter((name) => name.length > 1 && name.includes("."));
  return [...targets, ...writes.flatMap((one) => [...source.matchAll(one)].map((match) => match[1]!))];
}
