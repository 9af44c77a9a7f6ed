import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { type Redating, redateSql } from "../clock/redate.ts";
import { eventColumns, matchColumns, rejectColumns, type StoredColumn } from "./columns.ts";
import { copiesSql } from "./copies.ts";
import { maxRowBytes } from "./row.ts";
import { dialect } from "./row-buffer.ts";

/** What does not fit into this is spilled to disk by DuckDB: a case's size must not decide how much memory a run takes. */
const memoryLimit = "400MB";
const settings = {
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  memory_limit: memoryLimit,
  // Writes zstd, and texts by one way of compression (since v1.3) where older versions try several.
  storage_compatibility_version: "v1.4.0",
};

const maxLoadThreads = 4;

export type Row = Record<string, unknown>;

/** The event store of a case: one DuckDB file, opened by one process. Rebuilt from the evidence at any time. */
export class EventStore {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** Builds the store from the workers' segments. The counts are held against what the workers wrote. */
  static async build(
    file: string,
    segments: Record<"events" | "matches" | "rejects", { file: string; rows: number }[]>,
  ): Promise<EventStore> {
    const instance = await DuckDBInstance.create(file, settings);
    const connection = await instance.connect();
    await connection.run("SET preserve_insertion_order = false");
    await boundThreads(connection);
    await load(connection, "events", eventColumns, segments.events);
    await load(connection, "matches", matchColumns, segments.matches);
    await load(connection, "rejects", rejectColumns, segments.rejects);
    const store = new EventStore(instance, connection);
    await store.#lock();
    return store;
  }

  static async open(file: string): Promise<EventStore> {
    const instance = await DuckDBInstance.create(file, { access_mode: "READ_ONLY", ...settings });
    const store = new EventStore(instance, await instance.connect());
    await store.#lock();
    return store;
  }

  /** From here on no query can read or write a file, load an extension, or undo this. */
  async #lock(): Promise<void> {
    await this.#connection.run("SET enable_external_access = false");
    await this.#connection.run("SET lock_configuration = true");
  }

  /** Rows of a query as plain objects; BIGINT values come as numbers. Every query that feeds the picture must have an ORDER BY. */
  async query<T = Row>(sql: string, values: Record<string, DuckDBValue> = {}): Promise<T[]> {
    const reader = await this.#connection.runAndReadAll(sql, values);
    return reader.getRowObjects().map((row) => plainRow(row) as T);
  }

  /** Like `query`, chunk by chunk, for results that do not fit in memory. */
  async *stream<T = Row>(sql: string, values: Record<string, DuckDBValue> = {}): AsyncGenerator<T> {
    const result = await this.#connection.stream(sql, values);
    const names = result.deduplicatedColumnNames();
    for (
      let chunk = await result.fetchChunk();
      chunk && chunk.rowCount > 0;
      chunk = await result.fetchChunk()
    ) {
      for (const row of chunk.getRows()) {
        const out: Row = {};
        for (let i = 0; i < names.length; i++) out[names[i]!] = plainValue(row[i]);
        yield out as T;
      }
    }
  }

  /**
   * Copies the events that rules matched into a small table `matched`, so that asking for them does not go through all
   * events again. Rules that match more than `floodCount` events are left out and returned.
   */
  async gatherMatched(floodCount: number): Promise<ReadonlySet<number>> {
    const rows = await this.query<{ rule: number }>(
      `SELECT rule FROM matches GROUP BY rule HAVING count(*) > ${floodCount} ORDER BY rule`,
    );
    const flooding = rows.map(({ rule }) => rule);
    await this.run(
      `CREATE OR REPLACE TEMP TABLE matched AS SELECT e.* FROM events e SEMI JOIN
       (SELECT DISTINCT evidence, "offset", sub FROM matches WHERE rule NOT IN (${flooding.join(",") || "-1"})) m
       ON m.evidence = e.evidence AND m."offset" = e."offset" AND m.sub IS NOT DISTINCT FROM e.sub`,
    );
    return new Set(flooding);
  }

  /** Finds the matched events that another file tells too (table `copies`) and gives their number. After `gatherMatched`. */
  async gatherCopies(): Promise<number> {
    await this.run(copiesSql);
    const [row] = await this.query<{ n: number }>("SELECT count(*) AS n FROM copies ORDER BY n");
    return row!.n;
  }

  /** From here on every query sees the events dated by these clocks; the file stays as it is. Once, right after opening. */
  async redate(redatings: readonly Redating[]): Promise<void> {
    if (redatings.length === 0) return;
    const [row] = await this.query<{ name: string }>("SELECT current_database() AS name ORDER BY name");
    for (const statement of redateSql(redatings, row!.name)) await this.run(statement);
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  close(): void {
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** Each thread that loads has buffers of its own, which must fit into the memory limit together. */
async function boundThreads(connection: DuckDBConnection): Promise<void> {
  const found = await connection.runAndReadAll("SELECT current_setting('threads')");
  if (Number(found.getRows()[0]![0]) > maxLoadThreads)
    await connection.run(`SET threads = ${maxLoadThreads}`);
}

function plainValue(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

function plainRow(row: Record<string, unknown>): Row {
  for (const name in row) row[name] = plainValue(row[name]);
  return row;
}

async function load(
  connection: DuckDBConnection,
  table: string,
  columns: readonly StoredColumn[],
  segments: { file: string; rows: number }[],
): Promise<void> {
  const declared = columns.map(({ column, type, compression }) => {
    const how = compression === undefined ? "" : ` USING COMPRESSION ${compression}`;
    return `"${column}" ${type}${how}`;
  });
  await connection.run(`CREATE TABLE ${table} (${declared.join(", ")})`);
  const filled = segments.filter((segment) => segment.rows > 0);
  if (filled.length === 0) return;
  const files = filled.map((segment) => `'${segment.file.replaceAll("'", "''")}'`).join(", ");
  const types = columns.map((c) => `'${c.column}': '${c.type}'`).join(", ");
  // strict_mode and a stated dialect: nothing is guessed, and a row that does not fit is an error, not a loss.
  await connection.run(
    `INSERT INTO ${table} SELECT * FROM read_csv([${files}], header = false, auto_detect = false, delim = '${dialect.delimiter}', quote = '${dialect.quote}',
      escape = '${dialect.quote}', new_line = '\\n', max_line_size = ${maxRowBytes}, buffer_size = ${maxRowBytes}, columns = {${types}}, allow_quoted_nulls = false)`,
  );
  const wanted = filled.reduce((sum, segment) => sum + segment.rows, 0);
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${table}`);
  const loaded = Number(counted.getRows()[0]![0]);
  if (loaded !== wanted)
    throw new Error(`the event store loaded ${loaded} rows of ${wanted} into "${table}"`);
}
