import { type DuckDBConnection, DuckDBInstance, type DuckDBResult, type DuckDBValue } from "@duckdb/node-api";
import { type Redating, redateSql } from "../clock/redate.ts";
import { eventColumns, matchColumns, rejectColumns, type StoredColumn } from "./columns.ts";
import { Connections } from "./connections.ts";
import { copiesSql } from "./copies.ts";
import { copiesTable, derivedDatabase, matchedTable } from "./derived.ts";
import { type Row, readRows } from "./read-rows.ts";
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

/** The event store of a case: one DuckDB file, opened by one process. Rebuilt from the evidence at any time. */
export class EventStore {
  readonly #instance: DuckDBInstance;
  readonly #connections: Connections;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connections = new Connections(connection);
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
    // For tables made from the store, which all connections see; the file itself may be open for reading only.
    await this.run(`ATTACH ':memory:' AS ${derivedDatabase} (READ_WRITE)`);
    await this.run("SET enable_external_access = false");
    await this.run("SET lock_configuration = true");
  }

  /**
   * From here on so many queries may be answered beside each other. Each connection has temporary tables of its own: what
   * asks for those needs a store with one. Before `redate`.
   */
  async widen(count: number): Promise<void> {
    while (this.#connections.all.length < count) this.#connections.add(await this.#instance.connect());
  }

  /** Rows of a query as plain objects; BIGINT values come as numbers. Every query that feeds the picture must have an ORDER BY. */
  async query<T = Row>(sql: string, values: Record<string, DuckDBValue> = {}): Promise<T[]> {
    const rows: T[] = [];
    await this.#use(async (connection) => {
      for await (const batch of batchesOf<T>(await connection.run(sql, values))) rows.push(...batch);
    });
    return rows;
  }

  /** Like `query`, row by row, for results that do not fit in memory. Nothing else is asked on its connection meanwhile. */
  async *stream<T = Row>(sql: string, values: Record<string, DuckDBValue> = {}): AsyncGenerator<T> {
    for await (const batch of this.batches<T>(sql, values)) yield* batch;
  }

  /** Like `stream`, but many rows at a time: to wait for every single one costs more than to read it. */
  async *batches<T = Row>(sql: string, values: Record<string, DuckDBValue> = {}): AsyncGenerator<T[]> {
    const connection = await this.#connections.acquire();
    try {
      yield* batchesOf<T>(await connection.stream(sql, values));
    } finally {
      this.#connections.release(connection);
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
      `CREATE OR REPLACE TABLE ${matchedTable} AS SELECT ${eventColumns.map(({ column }) => `e."${column}"`).join(", ")} FROM events e SEMI JOIN
       (SELECT DISTINCT evidence, "offset", sub FROM matches WHERE rule NOT IN (${flooding.join(",") || "-1"})) m
       ON m.evidence = e.evidence AND m."offset" = e."offset" AND m.sub IS NOT DISTINCT FROM e.sub`,
    );
    return new Set(flooding);
  }

  /** Finds the matched events that another file tells too (table `copies`) and gives their number. After `gatherMatched`. */
  async gatherCopies(): Promise<number> {
    await this.run(copiesSql);
    const [row] = await this.query<{ n: number }>(`SELECT count(*) AS n FROM ${copiesTable} ORDER BY n`);
    return row!.n;
  }

  /** From here on every query sees the events dated by these clocks; the file stays as it is. Once, right after opening. */
  async redate(redatings: readonly Redating[]): Promise<void> {
    if (redatings.length === 0) return;
    const [row] = await this.query<{ name: string }>("SELECT current_database() AS name ORDER BY name");
    for (const statement of redateSql(redatings, row!.name))
      for (const connection of this.#connections.all) await connection.run(statement);
  }

  async run(sql: string): Promise<void> {
    await this.#use((connection) => connection.run(sql));
  }

  async #use<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
    const connection = await this.#connections.acquire();
    try {
      return await work(connection);
    } finally {
      this.#connections.release(connection);
    }
  }

  close(): void {
    this.#connections.close();
    this.#instance.closeSync();
  }
}

/** Each thread that loads has buffers of its own, which must fit into the memory limit together. */
async function boundThreads(connection: DuckDBConnection): Promise<void> {
  const found = await connection.runAndReadAll("SELECT current_setting('threads')");
  if (Number(found.getRows()[0]![0]) > maxLoadThreads)
    await connection.run(`SET threads = ${maxLoadThreads}`);
}

async function* batchesOf<T>(result: DuckDBResult): AsyncGenerator<T[]> {
  const names = result.deduplicatedColumnNames();
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    yield readRows(chunk, names) as T[];
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
