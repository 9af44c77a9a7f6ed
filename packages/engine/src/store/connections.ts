import type { DuckDBConnection } from "@duckdb/node-api";

/**
 * Connections to one store. Each runs one query at a time: while results of one become rows in this thread, DuckDB works on
 * the others. Queries wait for a free connection in the order in which they were asked.
 */
export class Connections {
  readonly all: DuckDBConnection[];
  readonly #free: DuckDBConnection[];
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = [];

  constructor(first: DuckDBConnection) {
    this.all = [first];
    this.#free = [first];
  }

  add(connection: DuckDBConnection): void {
    this.all.push(connection);
    this.#free.push(connection);
  }

  /** Give it back with `release`. */
  async acquire(): Promise<DuckDBConnection> {
    return this.#free.shift() ?? new Promise((resolve) => this.#waiting.push(resolve));
  }

  release(connection: DuckDBConnection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#free.unshift(connection);
  }

  close(): void {
    for (const connection of this.all) connection.closeSync();
  }
}
