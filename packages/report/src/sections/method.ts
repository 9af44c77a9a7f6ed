import { countOf, formatCount } from "@firebreak/model/collections";
import { type Block, heading, lineBreak, list, muted, paragraph, type Section, value } from "../blocks.ts";

export const method = {
  id: "method",
  title: "Method",
  build({ case: { tool, schema, rules, settings }, counts }) {
    const blocks: Block[] = [
      paragraph(
        "The evidence is read where it lies and is not changed. The same evidence, rules and settings give the same report.",
      ),
      {
        kind: "facts",
        items: [
          { term: "Tool", text: [tool] },
          { term: "Schema", text: [schema] },
          ...Object.entries(settings).map(([term, setting]) => ({ term, text: [value(setting)] })),
        ],
      },
    ];
    if (rules.length > 0) blocks.push(ruleTable(rules));
    const datasets = Object.entries(counts.byDataset);
    if (datasets.length > 0) blocks.push(datasetTable(datasets));
    blocks.push(heading("How to read this report"), list(reading.map((line) => [line])));
    return [...blocks, heading("Sources of names and places"), list(credits.map((line) => [line]))];
  },
} satisfies Section;

const reading = [
  "A number in brackets is a record in the list at the end, which says where the record lies and how to read it again.",
  "An event reference is the first 12 digits of the evidence item's SHA-256 and the byte at which the record begins.",
  "Severity is the impact if the statement is true; confidence, 0 to 100, is how likely it is to be true. They are never merged.",
  "Words for confidence follow the DNI scale in STIX 2.1. Sure is 80 and above, suspected 40 to 79, weak below 40.",
  "A statement that something is absent holds only for the sources and times under coverage.",
  "Characters that hide or reverse text are shown by their code, such as [U+202E]. Nothing from the evidence is a link.",
];

/** What the licences of the tables behind technique names and address facts ask to be said where they are shown. */
const credits = [
  "MITRE ATT&CK®: © 2026 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.",
  "Countries and networks of addresses: IP Geolocation by DB-IP (db-ip.com), Route Views (routeviews.org) and NRO (nro.net), CC BY 4.0, as merged by ip-location-db.",
];

function ruleTable(rules: { source: string; count: number; sha256: string; problems: number }[]): Block {
  return {
    kind: "table",
    caption: "Rules that were used",
    columns: [{ title: "Source" }, { title: "Rules", fit: "number" }, { title: "Not loaded", fit: "number" }],
    rows: rules.map(({ source, count, sha256, problems }) => [
      [value(source), lineBreak, muted(`SHA-256 ${sha256}`)],
      [formatCount(count)],
      [formatCount(problems)],
    ]),
  };
}

function datasetTable(datasets: [string, number][]): Block {
  return {
    kind: "table",
    caption: `Records by format (${countOf(datasets.length, "format")})`,
    columns: [{ title: "Format" }, { title: "Records", fit: "number" }],
    rows: datasets.map(([name, count]) => [[name], [formatCount(count)]]),
  };
}
