import { type EvtxFile, type EvtxRecord, openEvtx } from "@firebreak/evtx";
import type { FieldValue, ParsedEvent } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import { createTimeReader, type TimeSettings } from "@firebreak/parsers/time/reader";
import { utcInstant } from "@firebreak/parsers/windows/utc-time";
import {
  compileMatcher,
  createCorrelator,
  flatEvent,
  levels,
  type Matcher,
  type RuleMatch,
  type RuleSet,
  type SigmaEvent,
} from "@firebreak/sigma";
import type { FacetsOf } from "../detect/facets.ts";
import { taxonomy } from "../detect/taxonomy.ts";
import { openPassSource } from "../evidence/source.ts";
import type { readItem } from "../ingest/item.ts";
import {
  type EventColumns,
  formatDetection,
  type Instant,
  joinedJson,
  jsonMembers,
  ruleColumns,
  timestampOf,
} from "./detection.ts";
import type { HuntFile } from "./files.ts";
import { HuntSieve } from "./hunt-sieve.ts";
import { type PivotValue, pivotValues } from "./pivot.ts";
import { RecordEvent } from "./record-event.ts";
import { eventIdOf, recordIdOf, textOf } from "./record-keys.ts";
import type { Filters } from "./settings.ts";
import { WindowsSources } from "./windows-sources.ts";

/** A detection on its way out. */
export interface Found {
  /** Position in the rule set's rules. */
  readonly rule: number;
  readonly time: Instant | undefined;
  readonly computer: string;
  /** Is it wanted for itself, or by a correlation only? */
  readonly isShown: boolean;
  /** Formatted, its end included; "" when it is not shown, or as values. */
  readonly line: string;
  readonly values?: readonly PivotValue[];
  /** Names the event; set, like `groups`, when a correlation counts this rule. */
  readonly ref?: string;
  readonly groups?: Readonly<Record<string, FieldValue>>;
}

export interface Part {
  readonly file: HuntFile;
  readonly time: TimeSettings;
  /** Of an event log: the chunks of this part, half-open. */
  readonly fromChunk?: number;
  readonly toChunk?: number;
}

export interface PartResult {
  readonly records: number;
  /** What was wrong with the file, for the user. */
  readonly notes: readonly string[];
}

export interface Scanner {
  /** Calls `report` for every detection of the part, in the order of its records, then of the rules. */
  scan(part: Part, report: (found: Found) => void): PartResult;
}

/** Reads every format but event logs; its many parsers take a while to load, so event logs alone do without. */
export interface ReadOther {
  readonly readItem: typeof readItem;
  readonly facetsOf: FacetsOf;
}

/** Runs rules over files, one part after the other. `readOther` is needed when one is no event log. */
export function createScanner(ruleSet: RuleSet, filters: Filters, readOther?: ReadOther): Scanner {
  return new RuleScanner(ruleSet, filters, readOther);
}

export async function loadOtherReader(
  files: Iterable<Pick<HuntFile, "isEvtx">>,
): Promise<ReadOther | undefined> {
  for (const { isEvtx } of files) {
    if (isEvtx) continue;
    const { readItem } = await import("../ingest/item.ts");
    const { loadFacets } = await import("../detect/facets.ts");
    return { readItem, facetsOf: loadFacets() };
  }
  return undefined;
}

class RuleScanner implements Scanner {
  readonly #filters: Filters;
  readonly #matcher: Matcher;
  readonly #search: Matcher | undefined;
  readonly #numbers: Map<unknown, number>;
  readonly #wanted: Map<unknown, readonly string[]>;
  readonly #isShown: readonly boolean[];
  readonly #ruleMembers: (string | undefined)[] = [];
  readonly #sources = new WindowsSources();
  readonly #event = new RecordEvent();
  readonly #readOther: ReadOther | undefined;
  readonly #sieve: HuntSieve | undefined;

  constructor(ruleSet: RuleSet, filters: Filters, readOther: ReadOther | undefined) {
    const { rules, correlations } = ruleSet;
    const correlator = createCorrelator(correlations, rules);
    const lowest = levels.indexOf(filters.minLevel);
    const wantedBy = (id: string) => (correlator.wants(id) ? correlator.fields(id) : undefined);
    this.#filters = filters;
    this.#readOther = readOther;
    this.#isShown = rules.map(
      ({ id, level }) => levels.indexOf(level) >= lowest && !correlator.silenced.has(id),
    );
    this.#numbers = new Map(rules.map((rule, i) => [rule, i]));
    this.#wanted = new Map(
      rules.flatMap((rule) => {
        const fields = wantedBy(rule.id);
        return fields === undefined ? [] : [[rule, fields] as const];
      }),
    );
    const used = rules.filter((rule, i) => this.#isShown[i] || this.#wanted.has(rule));
    this.#matcher = compileMatcher({ rules: used }, taxonomy);
    this.#search = filters.search === undefined ? undefined : compileMatcher(filters.search, taxonomy);
    const { sieve } = this.#matcher;
    this.#sieve = sieve && new HuntSieve(sieve, this.#matcher, this.#sources);
  }

  scan(part: Part, report: (found: Found) => void): PartResult {
    let fault: { readonly error: unknown } | undefined;
    const guarded = (found: Found) => {
      if (fault !== undefined) return;
      try {
        report(found);
      } catch (error) {
        // A closed output is the run's end; readers take whatever is thrown in them for a damaged file.
        fault = { error };
        throw error;
      }
    };
    const result = part.file.isEvtx ? this.#scanEvtx(part, guarded) : this.#scanOther(part, guarded);
    if (fault !== undefined) throw (fault as { readonly error: unknown }).error;
    return result;
  }

  #scanEvtx({ file, time, fromChunk = 0, toChunk }: Part, report: (found: Found) => void): PartResult {
    const context: ParseContext = { fileName: file.path, time: createTimeReader(time) };
    let source: ReturnType<typeof openPassSource> | undefined;
    let records = 0;
    try {
      source = openPassSource(file.file);
      const log = openEvtx(source, { checksums: false });
      const visit = (record: EvtxRecord, isSifted: boolean) => {
        records++;
        this.#record(record, isSifted, file, context, report);
      };
      const sieve = this.#sieve;
      if (sieve !== undefined) sieve.records = 0;
      log.forEachRecord(visit, {
        fromChunk,
        ...(toChunk !== undefined && { toChunk }),
        ...(sieve !== undefined && { sieve }),
      });
      return { records: records + (sieve?.records ?? 0), notes: notesOf(log) };
    } catch (error) {
      // One file that cannot be read to its end must not cost the others.
      return {
        records: records + (this.#sieve?.records ?? 0),
        notes: [`reading stopped: ${(error as Error).message}`],
      };
    } finally {
      source?.close();
    }
  }

  #record(
    record: EvtxRecord,
    isSifted: boolean,
    file: HuntFile,
    context: ParseContext,
    report: (found: Found) => void,
  ): void {
    const known = isSifted ? this.#sieve!.source : undefined;
    const eventId = known?.eventId ?? eventIdOf(record);
    if (eventId === undefined) return;
    const channel = known?.channel ?? textOf(record.get("System.Channel"));
    const source = known ?? this.#sources.of(channel, eventId);
    if (channel !== undefined && this.#matcher.candidateCount(source) === 0) return;
    if (this.#filters.range !== undefined && !this.#isInRange(recordTime(record, context))) return;
    const event = this.#event;
    event.use(record, source, context);
    const matches = (isSifted ? this.#sieve!.matchFound(event) : undefined) ?? this.#matcher.match(event);
    if (matches.length === 0 || !this.#isFound(event)) return;
    const time = recordTime(record, context);
    const place = {
      Timestamp: timestampOf(time),
      Computer: textOf(record.get("System.Computer")) ?? null,
      Channel: channel ?? "windows/evtx",
      EventID: eventId,
      RecordID: recordIdOf(record),
      File: file.path,
      Offset: record.offset,
      Event: `${file.path}:${record.offset}`,
    };
    const dataOf = () => recordData(record);
    this.#report(matches, place, time, { dataOf, fieldsOf: () => event.draft().fields }, report);
  }

  #scanOther({ file, time }: Part, report: (found: Found) => void): PartResult {
    let records = 0;
    const { path, bytes, file: place } = file;
    const item = { id: "", sha256: "", path, bytes, file: place, notes: [] };
    const receipt = this.#readOther!.readItem(
      item,
      { time },
      {
        event: (event) => {
          records++;
          this.#parsed(event, file, report);
        },
      },
    );
    return { records, notes: receipt.notes };
  }

  #parsed(event: ParsedEvent, file: HuntFile, report: (found: Found) => void): void {
    const { fields, time } = event;
    if (this.#filters.range !== undefined && !this.#isInRange(time)) return;
    const seen = flatEvent(fields, this.#readOther!.facetsOf(event));
    const matches = this.#matcher.match(seen);
    if (matches.length === 0 || !this.#isFound(seen)) return;
    const sub = event.sub === undefined ? "" : `.${event.sub}`;
    const place = {
      Timestamp: timestampOf(time),
      Computer: fields["winlog.computer_name"] ?? fields["host.name"] ?? null,
      Channel: fields["winlog.channel"] ?? event.dataset,
      EventID: fields["winlog.event_id"] ?? fields["event.code"] ?? null,
      RecordID: fields["winlog.record_id"] ?? null,
      File: file.path,
      Offset: event.offset,
      Event: `${file.path}:${event.offset}${sub}`,
    };
    this.#report(matches, place, time, { dataOf: () => fields, fieldsOf: () => fields }, report);
  }

  #report(
    matches: readonly RuleMatch[],
    place: EventColumns,
    time: Instant | undefined,
    event: EventAccess,
    report: (found: Found) => void,
  ): void {
    const { pivot } = this.#filters;
    const instant = time === undefined ? undefined : { ms: time.ms, ns: time.ns };
    const computer = place.Computer === null ? "" : String(place.Computer);
    const lineOf = this.#lines(place, event);
    let values: readonly PivotValue[] | undefined;
    for (const match of matches) {
      const rule = this.#numbers.get(match.rule)!;
      const isShown = this.#isShown[rule]!;
      if (isShown && pivot) values ??= pivotValues(event.fieldsOf());
      const line = isShown && !pivot ? lineOf(match, rule) : "";
      const found: Found = { rule, time: instant, computer, isShown, line };
      const fields = this.#wanted.get(match.rule);
      if (fields === undefined && values === undefined) report(found);
      else {
        const correlated = fields && { ref: place.Event!, groups: groupsOf(match, fields) };
        report({ ...found, ...(isShown && values && { values }), ...correlated });
      }
    }
  }

  /** Makes the lines of one event's detections. */
  #lines(place: EventColumns, event: EventAccess): (match: RuleMatch, rule: number) => string {
    const { format, withData } = this.#filters;
    let data: Record<string, FieldValue> | undefined;
    if (withData || format === "csv") data = event.dataOf();
    if (format !== "jsonl") {
      return ({ rule, matched }) =>
        formatDetection(
          { ...ruleColumns(rule), ...place, Matched: matched, ...(data && { Data: data }) },
          format,
        );
    }
    const members = jsonMembers(place);
    return ({ rule, matched }, number) => {
      this.#ruleMembers[number] ??= jsonMembers(ruleColumns(rule));
      return joinedJson(this.#ruleMembers[number], members, matched, data);
    };
  }

  #isFound(event: SigmaEvent): boolean {
    return this.#search === undefined || this.#search.match(event).length > 0;
  }

  /** An undated event is in no range. */
  #isInRange(time: Instant | undefined): boolean {
    const range = this.#filters.range!;
    return time !== undefined && time.ms >= range.fromMs && time.ms < range.toMs;
  }
}

function groupsOf(match: RuleMatch, fields: readonly string[]): Record<string, FieldValue> {
  const groups: Record<string, FieldValue> = {};
  for (const field of fields) {
    const value = match.get(field);
    if (value !== undefined) groups[field] = value;
  }
  return groups;
}

/** Further readings of an event, for those that are reported. */
interface EventAccess {
  dataOf(): Record<string, FieldValue>;
  /** By ECS. */
  fieldsOf(): Record<string, FieldValue>;
}

function recordTime(record: EvtxRecord, context: ParseContext): Instant | undefined {
  const created = textOf(record.get("System.TimeCreated_SystemTime"));
  return created === undefined ? record.writtenInstant : utcInstant(context.time, created);
}

function recordData(record: EvtxRecord): Record<string, FieldValue> {
  const data: Record<string, FieldValue> = {};
  record.forEachData((name, value) => {
    if (value === null) return;
    const plain = Array.isArray(value) ? value.map((item) => item ?? "") : value;
    // A name out of evidence must not reach the prototype.
    Object.defineProperty(data, name, { value: plain, enumerable: true, writable: true, configurable: true });
  });
  return data;
}

function notesOf(log: EvtxFile): string[] {
  return [...log.diagnosticCounts].map(([code, count]) => {
    const first = log.diagnostics.find((one) => one.code === code);
    const where = first === undefined ? "" : `: ${first.message} (byte ${first.offset})`;
    return `${code}${where}${count > 1 ? `, ${count} times` : ""}`;
  });
}
