import type { LineFormat } from "@firebreak/model/format";
import { setCassandraAudit } from "../../database/cassandra-audit.ts";
import { setAddressPort } from "../../ecs/endpoint.ts";
import { isContinuation } from "../../text/continuation.ts";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

const stamp = String.raw`(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d,\d{3})`;
const level = "(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)";

const rules = [
  // Kafka: the logger stands last, in round brackets.
  rule(
    new RegExp(`^\\[${stamp}\\] ${level} {1,2}(.{0,6000}) \\(([\\w.$-]{1,200})\\)(?:\\n[\\s\\S]*)?$`),
    "@ log.level message log.logger",
    { "firebreak.raw.product": "kafka" },
  ),
  // ZooKeeper: server id, then thread, class and line in one bracket.
  rule(
    new RegExp(
      `^${stamp} \\[myid:(\\S{0,20})\\] - ${level} {1,2}\\[(.{1,200}):([\\w.$]{1,200})@(\\d{1,6})\\] - ([\\s\\S]*)$`,
    ),
    "@ firebreak.raw.myid log.level process.thread.name log.logger log.origin.file.line:n message",
    { "firebreak.raw.product": "zookeeper" },
  ),
  // Cassandra and Scylla tools: level and thread before the time, source file and line behind it.
  rule(
    new RegExp(
      `^${level} {1,3}\\[([^\\]]{1,200})\\] {1,2}${stamp} ([\\w$]{1,100}\\.java):(\\d{1,6}) - ([\\s\\S]*)$`,
    ),
    "log.level process.thread.name @ log.origin.file.name log.origin.file.line:n message",
    { "firebreak.raw.product": "cassandra" },
  ),
];

/** Log4j layouts of Apache Kafka, ZooKeeper and Cassandra. Local time of the server, no zone. */
export const format = {
  kind: "line",
  name: "app/jvm-server",
  title: "Apache Kafka, ZooKeeper and Cassandra logs",
  version: 1,
  notes:
    "Kafka by its logger in brackets at the end, ZooKeeper by [myid:], Cassandra by level, [thread] and File.java:line. Local time without a zone.",
  ...lineTable({
    dataset: "app/jvm-server",
    rules,
    vote: 0.8,
    continues: (_pending, line) => isContinuation(line),
    finish(fields) {
      const product = String(fields["firebreak.raw.product"]);
      delete fields["firebreak.raw.product"];
      if (product === "cassandra" && setCassandraAudit(fields)) return "app/cassandra";
      const peer =
        /(?:\/|client |from |address )(\[?[\da-fA-F.:]{7,45}\]?:\d{1,5}|\d{1,3}(?:\.\d{1,3}){3})\b/.exec(
          String(fields.message ?? "").slice(0, 2000),
        );
      if (peer) setAddressPort(fields, "source", peer[1]!);
      return `app/${product}`;
    },
  }),
} satisfies LineFormat;
