import { join } from "node:path";
import type { ParsedEvent } from "@firebreak/model/event";
import type { LogFormat } from "@firebreak/model/format";
import type { EvidenceReceipt } from "@firebreak/model/picture";
import type { Dialect } from "@firebreak/parsers/dialect/dialect";
import { dialectFormat } from "@firebreak/parsers/dialect/format";
import { createDetector, type Detector, type DetectorSettings } from "../detect/detector.ts";
import { writeMatch } from "../store/match-row.ts";
import { writeReject } from "../store/reject-row.ts";
import { writeEvent } from "../store/row.ts";
import { SegmentWriter } from "../store/segment.ts";
import { readItem } from "./item.ts";
import type { Task } from "./pool.ts";
import { PostponedError, Probation } from "./probation.ts";
import type { Reject } from "./receipt.ts";

export interface SegmentFile {
  file: string;
  rows: number;
}

export interface Segments {
  events: SegmentFile;
  matches: SegmentFile;
  rejects: SegmentFile;
}

export interface PipelineSettings extends DetectorSettings {
  /** Names of machines that the profile declares or the alert is about. */
  machines: readonly string[];
  /** Formats that the user taught, as data: they travel to the threads. */
  dialects: readonly Dialect[];
}

/** How far a file has been read is told after each of these many bytes. */
const positionStep = 4 << 20;

/** Reads evidence items one after the other: parses, detects, and appends rows to this pipeline's own segment files. */
export class IngestPipeline {
  readonly #detector: Detector;
  readonly #machines: readonly string[];
  readonly #dialects: readonly LogFormat[];
  readonly #events: SegmentWriter;
  readonly #matches: SegmentWriter;
  readonly #rejects: SegmentWriter;
  readonly #onPosition: (bytes: number) => void;
  #nextPosition = positionStep;

  /**
   * @param name distinguishes the segments of parallel workers in `dir`
   * @param onPosition hears now and then how many bytes of the file at hand are read
   */
  constructor(dir: string, name: string, settings: PipelineSettings, onPosition: (bytes: number) => void) {
    this.#detector = createDetector(settings);
    this.#machines = settings.machines;
    this.#dialects = settings.dialects.map(dialectFormat);
    this.#events = new SegmentWriter(join(dir, `events-${name}.csv`));
    this.#matches = new SegmentWriter(join(dir, `matches-${name}.csv`));
    this.#rejects = new SegmentWriter(join(dir, `rejects-${name}.csv`));
    this.#onPosition = onPosition;
  }

  /** @returns undefined for a file that is postponed */
  read({ item, time, postponeYearless }: Task): EvidenceReceipt | undefined {
    this.#nextPosition = positionStep;
    const options = { time, machines: this.#machines, dialects: this.#dialects };
    const visitor = {
      event: (event: ParsedEvent) => this.#event(item.id, event),
      reject: (reject: Reject) => {
        this.#passed(reject.offset);
        writeReject(this.#rejects, item.id, reject);
      },
    };
    if (!postponeYearless) return readItem(item, options, visitor);
    const probation = new Probation(visitor);
    try {
      const receipt = readItem(
        item,
        { ...options, time: { ...time, onYearless: probation.onYearless } },
        probation,
      );
      return probation.finish() ? receipt : undefined;
    } catch (error) {
      if (error instanceof PostponedError) return undefined;
      throw error;
    }
  }

  #event(evidence: string, event: ParsedEvent): void {
    this.#passed(event.offset);
    writeEvent(this.#events, evidence, event);
    this.#detector.detect(event, (rule, groups) => writeMatch(this.#matches, rule, evidence, event, groups));
  }

  #passed(offset: number): void {
    if (offset < this.#nextPosition) return;
    this.#nextPosition = offset + positionStep;
    this.#onPosition(offset);
  }

  close(): Segments {
    const closed = (writer: SegmentWriter): SegmentFile => {
      writer.close();
      return { file: writer.file, rows: writer.rows };
    };
    return { events: closed(this.#events), matches: closed(this.#matches), rejects: closed(this.#rejects) };
  }
}
