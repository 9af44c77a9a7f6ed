import { createHash, randomUUID } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { SpoolBudget } from "./limits.ts";

export interface Spooled {
  file: string;
  sha256: string;
  bytes: number;
}

/** Writes archive members below one folder, each under its SHA-256: names from the archive never reach the file system. */
export class Spool {
  readonly #dir: string;
  readonly #budget: SpoolBudget;

  constructor(dir: string, budget: SpoolBudget) {
    this.#dir = dir;
    this.#budget = budget;
  }

  /** Opens a member for writing; `sourceBytes` is its compressed size, for the bomb check. */
  open(sourceBytes: number): SpoolWriter {
    this.#budget.addMember();
    mkdirSync(this.#dir, { recursive: true });
    return new SpoolWriter(this.#dir, this.#budget, sourceBytes);
  }
}

export class SpoolWriter {
  readonly #dir: string;
  readonly #budget: SpoolBudget;
  readonly #sourceBytes: number;
  readonly #partial: string;
  readonly #handle: number;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  constructor(dir: string, budget: SpoolBudget, sourceBytes: number) {
    this.#dir = dir;
    this.#budget = budget;
    this.#sourceBytes = sourceBytes;
    this.#partial = join(dir, `partial-${randomUUID()}`);
    this.#handle = openSync(this.#partial, "wx");
  }

  write(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    this.#budget.addBytes(chunk.length, this.#bytes, this.#sourceBytes);
    this.#hash.update(chunk);
    for (let done = 0; done < chunk.length; ) done += writeSync(this.#handle, chunk, done);
  }

  close(): Spooled {
    closeSync(this.#handle);
    const sha256 = this.#hash.digest("hex");
    const file = join(this.#dir, sha256);
    if (existsSync(file)) rmSync(this.#partial);
    else renameSync(this.#partial, file);
    return { file, sha256, bytes: this.#bytes };
  }

  abort(): void {
    closeSync(this.#handle);
    rmSync(this.#partial, { force: true });
  }
}
