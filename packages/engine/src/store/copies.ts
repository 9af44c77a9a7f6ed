import { hotColumns } from "./columns.ts";
import { copiesTable, matchedTable } from "./derived.ts";

/** A record that stands in more files than this is a line that devices repeat, not a copy of a file. */
const maxFiles = 8;

/** What makes two records of one machine the same happening, whatever way they came: the second, who, what, whence and whither. */
const happening = [
  "dataset",
  "action",
  "outcome",
  "code",
  "user_name",
  "source_ip",
  "source_port",
  "destination_ip",
  "destination_port",
  "process",
  "command_line",
  "file_path",
  "url",
  "dns_name",
  "rule_name",
];

/** A machine with and without its domain; an address stays as it is. */
const machine = `lower(regexp_replace(host, '^([^.]*[A-Za-z][^.]*)[.].*$', '\\1'))`;

/**
 * The table `copies`: matched events that another file tells too, a rotated log and its copy or a log and the collector that it was
 * sent to. Of each happening the file with most such records keeps them, so that what happened twice in a second stays two. Where a record names
 * no machine only records that are equal in every field are copies.
 */
export const copiesSql = `CREATE OR REPLACE TABLE ${copiesTable} AS
  WITH keyed AS (
    SELECT evidence, "offset", sub, CASE WHEN host IS NULL
      THEN hash(${columns(["dataset", "ms", "ns", "length", ...hotColumns.map(({ column }) => column), "rest"])})
      ELSE hash(ms // 1000, ${machine}, ${columns(happening)}) END AS k
    FROM ${matchedTable} WHERE ms IS NOT NULL),
  counted AS (SELECT k, evidence, count(*) AS n FROM keyed GROUP BY ALL),
  shared AS (
    SELECT k, evidence, row_number() OVER (PARTITION BY k ORDER BY n DESC, evidence) AS place FROM counted
    QUALIFY count(*) OVER (PARTITION BY k) BETWEEN 2 AND ${maxFiles})
  SELECT keyed.evidence, keyed."offset", keyed.sub FROM keyed JOIN shared USING (k, evidence) WHERE shared.place > 1`;

function columns(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
