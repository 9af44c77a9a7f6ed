import type { EventDraft, Fields, Scalar } from "@firebreak/model/event";
import type { ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../ecs/related.ts";
import { guessColumn } from "../infer/column.ts";
import { RecordInference } from "../infer/infer.ts";
import { readTimeValue } from "../infer/time-value.ts";
import { jsonProducts } from "../json-products/all.ts";
import { azureNetwork, flowTupleRecords } from "../json-products/azure-network.ts";
import { jsonDraft, jsonEvent, zoneInRecord } from "../windows/export/json-event.ts";
import { CarriedLines, carriedText, maxCarriedDepth, mergeEnvelope } from "./carried.ts";
import { splitInstant } from "./define.ts";
import { isEcsDocument, liftEcsFields } from "./ecs-document.ts";
import { enclosedRecord, unwrap } from "./enclosed.ts";
import { flattenJson } from "./flatten.ts";
import { KeyIndex } from "./key-index.ts";
import { openTelemetryRecords } from "./open-telemetry.ts";
import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from "./parse.ts";
import { type PathNode, PathTree } from "./path-tree.ts";
import type { JsonProduct, ProductDraft } from "./product.ts";
import { recordsIn } from "./wrapper.ts";

/** Of all readers; made on first use, since products may import parts of this folder. */
let index: KeyIndex<JsonProduct> | undefined;

/** What a record of no known product may be besides a plain one. */
const special = new KeyIndex<(record: JsonObject) => unknown>(
  [jsonEvent, isLineRecord, enclosedRecord, carriedText, isEcsDocument],
  (question, record) => question(record),
);

/**
 * Reads JSON objects as events: by a product's table when the keys are known, as ECS when they already are, else by
 * inference from names and values. One reader per evidence item: it remembers paths and the product met last.
 */
export class JsonRecordReader {
  readonly #context: ParseContext;
  readonly #tree = new PathTree();
  readonly #genericDataset: string;
  readonly #lines: CarriedLines;
  #lastProduct: JsonProduct | undefined;

  constructor(context: ParseContext, genericDataset: string) {
    this.#context = context;
    this.#genericDataset = genericDataset;
    this.#lines = new CarriedLines(context);
  }

  /** One event, or several when the object is an envelope of records. */
  read(object: JsonObject): EventDraft | readonly EventDraft[] {
    const records = openTelemetryRecords(object) ?? recordsIn(object);
    const drafts =
      records === undefined
        ? this.#readOne(unwrap(object), 0)
        : records.flatMap((record) => this.#readOne(unwrap(record), 0));
    return records === undefined && drafts.length === 1 ? drafts[0]! : drafts;
  }

  #readOne(record: JsonObject, depth: number): readonly EventDraft[] {
    const tuples = flowTupleRecords(record);
    if (tuples !== undefined) return tuples.map((tuple) => this.#readProduct(tuple, azureNetwork));
    const product = this.#productOf(record);
    if (product !== undefined) {
      const split = product.split?.(record);
      if (split === undefined) return this.#readCarrying(record, product, depth);
      return split.flatMap((one) => this.#readCarrying(one, product, depth));
    }
    const worth = special.worthAsking(record);
    if (worth.length === 0) return [this.#infer(record)];
    const windows = worth.includes(jsonEvent) ? jsonEvent(record) : undefined;
    if (windows !== undefined)
      return [jsonDraft(windows, this.#context, "windows/event-json", undefined, zoneInRecord(windows))];
    // Both are line formats; in a list or over several lines their objects come here.
    if (worth.includes(isLineRecord) && isLineRecord(record)) {
      const drafts = this.#lines.read(JSON.stringify(record));
      if (drafts !== undefined) return drafts;
    }
    const canCarry = depth < maxCarriedDepth;
    const enclosed =
      canCarry && worth.includes(enclosedRecord) ? this.#readEnclosed(record, depth) : undefined;
    if (enclosed !== undefined) return enclosed;
    const plain = () => (isEcsDocument(record) ? this.#readEcs(record) : this.#infer(record));
    const text = canCarry && worth.includes(carriedText) ? carriedText(record) : undefined;
    const carried = text === undefined ? undefined : this.#readCarried(text, depth);
    if (carried === undefined) return [plain()];
    const envelope = this.#readEcs(record);
    delete envelope.fields.message;
    delete envelope.fields["firebreak.raw.message"];
    delete envelope.fields["firebreak.raw.event.original"];
    const indexed = readIndexTime(record._time, this.#context);
    return carried.map((inner) => withIndexTime(mergeEnvelope(inner, envelope), indexed));
  }

  /** The known record that a collector's object holds as an object, with the collector's own fields. */
  #readEnclosed(object: JsonObject, depth: number): readonly EventDraft[] | undefined {
    const enclosed = enclosedRecord(object);
    if (enclosed === undefined) return undefined;
    const { [enclosed.key]: _, ...rest } = object;
    const records = (recordsIn(enclosed.record) ?? [enclosed.record]).map(unwrap);
    if (!records.every((record) => this.#isKnown(record, depth + 1))) return undefined;
    const envelope = this.#readEcs(rest);
    return records.flatMap((record) =>
      this.#readOne(record, depth + 1).map((inner) => mergeEnvelope(inner, envelope)),
    );
  }

  #isKnown(record: JsonObject, depth: number): boolean {
    const inner = depth < maxCarriedDepth ? enclosedRecord(record) : undefined;
    return (
      this.#productOf(record) !== undefined ||
      jsonEvent(record) !== undefined ||
      carriedText(record) !== undefined ||
      isLineRecord(record) ||
      (inner !== undefined && this.#isKnown(inner.record, depth + 1))
    );
  }

  /** A product's record; where it carries another program's line, that line's event at the time at which it was carried. */
  #readCarrying(record: JsonObject, product: JsonProduct, depth: number): readonly EventDraft[] {
    const outer = this.#readProduct(record, product);
    const text = depth < maxCarriedDepth ? product.carries?.(record) : undefined;
    const carried = text === undefined ? undefined : this.#readCarried(text, depth);
    if (carried === undefined) return [outer];
    return carried.map((inner) => ({
      ...mergeEnvelope(inner, outer),
      ...(outer.time && { time: outer.time }),
    }));
  }

  /** The record that a shipper's object carries: JSON by this reader, any other line by its format. */
  #readCarried(text: string, depth: number): readonly EventDraft[] | undefined {
    if (!/^\s*\{\s*"/.test(text)) return this.#lines.read(text);
    const object = parseJsonObject(text.trim());
    if (object === undefined) return undefined;
    const records = recordsIn(object);
    // journald's and LAUREL's objects are line formats of their own.
    const line = records === undefined && !this.#isKnown(object, depth) ? this.#lines.read(text) : undefined;
    if (line !== undefined) return line;
    return records === undefined
      ? this.#readOne(unwrap(object), depth + 1)
      : records.flatMap((record) => this.#readOne(unwrap(record), depth + 1));
  }

  #productOf(record: JsonObject): JsonProduct | undefined {
    if (this.#lastProduct?.recognises(record)) return this.#lastProduct;
    index ??= new KeyIndex(jsonProducts, (known, asked) => known.recognises(asked));
    const found = index.find(record);
    if (found !== undefined) this.#lastProduct = found;
    return found;
  }

  #readProduct(record: JsonObject, product: JsonProduct): EventDraft {
    const fields: Fields = {};
    flattenJson(record, this.#tree, fields);
    const draft: ProductDraft = { dataset: product.name, fields };
    product.read(record, draft, this.#context);
    // A shipper may have moved the product's own time to its field.
    const shipped = draft.time === undefined ? record["@timestamp"] : undefined;
    if (typeof shipped === "string" || typeof shipped === "number")
      draft.time = readTimeValue(shipped, this.#context.time);
    fields["event.kind"] ??= "event";
    addRelated(fields);
    return draft.time
      ? { dataset: draft.dataset, time: draft.time, fields }
      : { dataset: draft.dataset, fields };
  }

  #readEcs(record: JsonObject): EventDraft {
    const fields: Fields = {};
    flattenJson(record, this.#tree, fields);
    const stamp = fields["firebreak.raw.@timestamp"];
    const time =
      typeof stamp === "string" || typeof stamp === "number"
        ? readTimeValue(stamp, this.#context.time)
        : undefined;
    if (time) delete fields["firebreak.raw.@timestamp"];
    liftEcsFields(fields);
    fields["event.kind"] ??= "event";
    addRelated(fields);
    return time ? { dataset: "generic/ecs", time, fields } : { dataset: "generic/ecs", fields };
  }

  #infer(record: JsonObject): EventDraft {
    const inference = new RecordInference({}, this.#context.time);
    flattenJson(record, this.#tree, inference.fields, (node: PathNode, value: Scalar) => {
      node.guesses ??= guessColumn(node.path);
      if (node.guesses.length > 0) inference.offer(node.guesses, value);
      else if (typeof value === "string") inference.offerText(value);
    });
    if (inference.time === undefined) this.#takeSplitInstant(record, inference);
    return inference.finish(this.#genericDataset);
  }

  /** Log4j's JSON layout: `"instant": { "epochSecond": 1, "nanoOfSecond": 2 }`. */
  #takeSplitInstant(record: JsonObject, inference: RecordInference): void {
    const instant = isJsonObject(record.instant)
      ? splitInstant(record.instant, this.#context.time)
      : undefined;
    if (instant !== undefined) inference.take(instant, 0.95);
  }
}

/** Splunk's own reading of the event's time, with year and zone. */
function readIndexTime(value: JsonValue | undefined, context: ParseContext): EventTime | undefined {
  return typeof value === "string" || typeof value === "number"
    ? readTimeValue(value, context.time)
    : undefined;
}

/** What the line lacks of its time, its year, the index knows. */
function withIndexTime(draft: EventDraft, indexed: EventTime | undefined): EventDraft {
  if (indexed === undefined || (draft.time !== undefined && draft.time.yearSource === undefined))
    return draft;
  return { ...draft, time: indexed };
}

/** True for an object of the systemd journal or of LAUREL's audit log. */
function isLineRecord(record: JsonObject): boolean {
  if (typeof record.__REALTIME_TIMESTAMP === "string") return true;
  return typeof record.ID === "string" && /^\d{9,11}\.\d{3}:\d{1,12}$/.test(record.ID);
}
