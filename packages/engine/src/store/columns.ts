/** The hot ECS columns of the event store; every other field of an event is in `rest` as JSON. */

export type ColumnType = "VARCHAR" | "DOUBLE" | "INTEGER" | "BIGINT";

export interface HotColumn {
  readonly column: string;
  readonly type: ColumnType;
  /** The flat field that the column holds. */
  readonly field: string;
  /** The value stands in `rest` as well, where a search for text finds it. */
  readonly isAlsoInRest?: true;
}

const text = (column: string, field: string): HotColumn => ({ column, type: "VARCHAR", field });
const integer = (column: string, field: string): HotColumn => ({ column, type: "BIGINT", field });

export const hotColumns: readonly HotColumn[] = [
  text("kind", "event.kind"),
  text("action", "event.action"),
  text("outcome", "event.outcome"),
  text("code", "event.code"),
  text("provider", "event.provider"),
  text("channel", "winlog.channel"),
  text("host", "host.name"),
  text("observer", "observer.name"),
  text("user_name", "user.name"),
  text("user_domain", "user.domain"),
  text("source_ip", "source.ip"),
  integer("source_port", "source.port"),
  text("destination_ip", "destination.ip"),
  integer("destination_port", "destination.port"),
  text("transport", "network.transport"),
  text("direction", "network.direction"),
  integer("source_bytes", "source.bytes"),
  integer("destination_bytes", "destination.bytes"),
  text("process", "process.executable"),
  text("process_name", "process.name"),
  text("command_line", "process.command_line"),
  text("file_path", "file.path"),
  text("url", "url.original"),
  text("url_domain", "url.domain"),
  text("dns_name", "dns.question.name"),
  text("http_method", "http.request.method"),
  integer("http_status", "http.response.status_code"),
  text("rule_name", "rule.name"),
  // Findings of every case ask for these: to search all the JSON costs more than the columns.
  text("category", "event.category"),
  text("type", "event.type"),
  { ...text("email_from", "email.from.address"), isAlsoInRest: true },
  { ...text("email_sender", "email.sender.address"), isAlsoInRest: true },
  { ...text("nat_ip", "source.nat.ip"), isAlsoInRest: true },
  { ...integer("nat_port", "source.nat.port"), isAlsoInRest: true },
  { ...text("host_ip", "host.ip"), isAlsoInRest: true },
  { ...text("protocol", "network.protocol"), isAlsoInRest: true },
];

export interface StoredColumn {
  readonly column: string;
  readonly type: ColumnType;
  /** Said where the store need not try all its ways to compress: that takes longer than all else of a load. */
  readonly compression?: "zstd";
}

/** Columns that say where an event stands and when it was. `ms` is null for an undated event. */
export const placeColumns: readonly StoredColumn[] = [
  { column: "evidence", type: "VARCHAR" },
  { column: "offset", type: "BIGINT" },
  { column: "length", type: "BIGINT" },
  { column: "sub", type: "INTEGER" },
  { column: "line", type: "BIGINT" },
  { column: "ms", type: "BIGINT" },
  { column: "ns", type: "INTEGER" },
  { column: "zone_source", type: "VARCHAR" },
  { column: "dataset", type: "VARCHAR" },
];

export const eventColumns: readonly StoredColumn[] = [
  ...placeColumns,
  ...hotColumns.map(({ column, type }) => ({ column, type })),
  { column: "rest", type: "VARCHAR", compression: "zstd" },
];

/** One row per rule that matched an event. `groups` holds the values that correlations need, NULL where they need none. */
export const matchColumns: readonly StoredColumn[] = [
  { column: "rule", type: "INTEGER" },
  { column: "evidence", type: "VARCHAR" },
  { column: "offset", type: "BIGINT" },
  { column: "sub", type: "INTEGER" },
  { column: "ms", type: "BIGINT" },
  { column: "ns", type: "INTEGER" },
  { column: "groups", type: "VARCHAR", compression: "zstd" },
];

/** Records that could not be read, with their bytes. */
export const rejectColumns: readonly StoredColumn[] = [
  { column: "evidence", type: "VARCHAR" },
  { column: "offset", type: "BIGINT" },
  { column: "length", type: "BIGINT" },
  { column: "line", type: "BIGINT" },
  { column: "reason", type: "VARCHAR" },
];
