import type { EventDraft, Fields } from "@firebreak/model/event";
import type {
  Head,
  LineFormat,
  LineParser,
  LineResult,
  ParseContext,
  ZoneHint,
} from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { noFields } from "../../ecs/shape.ts";
import { setUrl } from "../../ecs/url.ts";
import { isAbsent } from "../../text/absent.ts";
import { setFilterResult } from "../../web/filter-result.ts";
import { guessIisColumns } from "../../web/iis-shape.ts";
import { guessProxyColumns, isProxyRow } from "../../web/proxy-shape.ts";
import { type ColumnWriter, columnWriter, type LogRole } from "../../web/w3c-columns.ts";
import { setService } from "../../web/w3c-service.ts";
import { splitW3c } from "../../web/w3c-split.ts";

const directive = /^#(?:Software|Version|Date|Start-Date|End-Date|Remark|GMT-Offset|Fields)\s*:/i;
/** Other products write `#Fields` too, with columns of their own. */
const otherSoftware = /^#Software:\s*Microsoft (?:Windows Firewall|Exchange)/im;
const iisLine = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (?:\S{1,64} ){0,2}[0-9a-fA-F:.%]{2,45} [A-Z_-]{3,20} [/*]/;
const timeStart = /^"?(?:\d{4}-\d\d-\d\d|\d\d:\d\d:\d\d|\d{1,3}(?:\.\d{1,3}){3}\s)/;

/**
 * W3C extended logs (W3C WD-logfile): IIS with its FTP and SMTP services, HTTPERR, Blue Coat and others. `#Fields` may
 * change within a file; a file may begin without it. Times are UTC as the specification says, unless `#GMT-Offset` or a
 * "-local" column says otherwise.
 */
export const format = {
  kind: "line",
  name: "web/iis",
  title: "W3C extended log: IIS (HTTP, FTP, SMTP), HTTPERR, Blue Coat and others",
  version: 1,
  notes:
    "By #Fields; without it by the shape of IIS columns. UTC by default. Datasets: web/iis, ftp/iis, smtp/iis, web/httperr, proxy/bluecoat, web/w3c.",
  sniff(line, head) {
    if (line.charCodeAt(0) === 35)
      return directive.test(line) && !isForeign(head) && !/^#Fields:[^ ]*,/i.test(line) ? 0.95 : 0;
    if (isProxyRow(line)) return isForeign(head) ? 0 : 0.9;
    if (iisLine.test(line)) return isForeign(head) ? 0 : hasFields(head) ? 0.65 : 0.5;
    return hasFields(head) && timeStart.test(line) && !isForeign(head) ? 0.6 : 0;
  },
  open(context) {
    return new W3cParser(context);
  },
} satisfies LineFormat;

const heads = new WeakMap<Head, { fields: boolean; foreign: boolean }>();

function factsOf(head: Head): { fields: boolean; foreign: boolean } {
  let facts = heads.get(head);
  if (!facts) {
    facts = { fields: /^#Fields:[ \t]*\S+[ \t]/m.test(head.text), foreign: otherSoftware.test(head.text) };
    heads.set(head, facts);
  }
  return facts;
}

const hasFields = (head: Head) => factsOf(head).fields;
const isForeign = (head: Head) => factsOf(head).foreign;

interface Columns {
  readonly writers: readonly (ColumnWriter | undefined)[];
  readonly date: number;
  readonly time: number;
  readonly isLocal: boolean;
  /** Names were guessed from the shape of a line. */
  readonly isGuess: boolean;
}

class W3cParser implements LineParser {
  readonly #context: ParseContext;
  #software = "";
  #role: LogRole = "server";
  #zone: ZoneHint = { zone: "UTC", source: "format-default" };
  #date = "";
  #columns: Columns | undefined;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  parse(record: string): LineResult {
    if (record.charCodeAt(0) === 35) return this.#directive(record);
    const values = splitW3c(record);
    let columns = this.#columns;
    if (columns === undefined || values.length !== columns.writers.length) {
      const guessed = guessIisColumns(values) ?? guessProxyColumns(record, values.length);
      if (guessed !== undefined) columns = this.#compile(guessed, true);
      else if (columns === undefined) return undefined;
      else if (values.length < columns.writers.length)
        return { reject: `${values.length} columns where #Fields names ${columns.writers.length}` };
    }
    return this.#event(values, columns);
  }

  #directive(line: string): LineResult {
    if (!directive.test(line)) return undefined;
    const colon = line.indexOf(":");
    const name = line.slice(1, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === "fields") this.#columns = this.#compile(splitW3c(value), false);
    else if (name === "software") {
      this.#software = value;
      this.#zone = { zone: "UTC", source: "format-default" };
      this.#role = /blue ?coat|sgos|proxysg|web security|forefront|isa server|threat management/i.test(value)
        ? "proxy"
        : "server";
    } else if (name === "date" || name === "start-date")
      this.#date = /\d{4}-\d\d-\d\d/.exec(value)?.[0] ?? this.#date;
    else if (name === "gmt-offset" && /^[+-]\d{4}$/.test(value))
      this.#zone = { zone: value, source: "file-header" };
    return { skip: "W3C header" };
  }

  #compile(names: readonly string[], isGuess: boolean): Columns {
    const lower = names.map((name) => name.toLowerCase());
    if (lower.includes("s-supplier-ip") || lower.includes("sc-filter-result")) this.#role = "proxy";
    const date = lower.findIndex((name) => name === "date" || name === "date-local");
    const time = lower.findIndex((name) => name === "time" || name === "time-local");
    const writers = names.map((name, i) =>
      i === date || i === time ? undefined : columnWriter(name, this.#role),
    );
    return { writers, date, time, isLocal: lower[time] === "time-local", isGuess };
  }

  #event(values: readonly string[], columns: Columns): LineResult {
    const fields: Fields = {
      ...noFields,
      "event.kind": "event",
      "event.category": ["web"],
      "event.type": ["access"],
    };
    const count = Math.min(values.length, columns.writers.length);
    for (let i = 0; i < count; i++) {
      const value = values[i]!;
      const writer = columns.writers[i];
      if (writer !== undefined && !isAbsent(value)) writer(fields, value);
    }
    if (values.length > count) fields["firebreak.raw.extra"] = values.slice(count);
    if (columns.isGuess) fields["firebreak.inference.columns"] = 0.5;
    const time = this.#time(values, columns);
    const draft: EventDraft = { dataset: this.#dataset(fields), fields };
    finish(fields);
    addRelated(fields);
    if (time !== undefined) draft.time = time;
    else if (columns.time >= 0) return { reject: "no valid date and time" };
    return draft;
  }

  #time(values: readonly string[], columns: Columns) {
    const clock = columns.time < 0 ? undefined : values[columns.time];
    const date = columns.date < 0 ? this.#date : values[columns.date];
    if (clock === undefined || date === undefined || date === "") return undefined;
    return this.#context.time.iso(`${date} ${clock}`, columns.isLocal ? undefined : this.#zone);
  }

  #dataset(fields: Fields): string {
    const service = setService(fields, fields["destination.port"]);
    if (service !== undefined) return service;
    if (this.#role === "proxy") return "proxy/bluecoat";
    if (fields["firebreak.raw.x-edge-location"] !== undefined) return "cloud/aws-cloudfront";
    if (/HTTP (?:Server )?API/i.test(this.#software)) return "web/httperr";
    return this.#software === "" || /Internet Information|IIS/i.test(this.#software) ? "web/iis" : "web/w3c";
  }
}

/** What follows from several columns: the outcome, the whole URL, the verdict of a proxy. */
function finish(fields: Fields): void {
  const status = fields["http.response.status_code"];
  if (typeof status === "number" && status >= 100)
    fields["event.outcome"] ??= status < 400 ? "success" : "failure";
  const result = fields["firebreak.raw.sc-filter-result"];
  if (typeof result === "string") {
    setFilterResult(fields, result);
  }
  if (fields["url.original"] !== undefined) return;
  const path = fields["url.path"];
  const query = fields["url.query"];
  if (typeof path === "string" && fields["network.protocol"] === undefined)
    fields["url.original"] = typeof query === "string" ? `${path}?${query}` : path;
  const domain = fields["url.domain"];
  const scheme = fields["url.scheme"];
  if (
    typeof domain === "string" &&
    typeof scheme === "string" &&
    typeof path === "string" &&
    /^[a-z]{2,10}$/.test(scheme)
  )
    setUrl(fields, `${scheme}://${domain}${fields["url.original"] as string}`);
}
