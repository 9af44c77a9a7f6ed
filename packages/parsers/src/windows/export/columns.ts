/** What a column of an export holds. */
export type Column =
  | "level"
  | "keywords"
  | "time"
  | "provider"
  | "eventId"
  | "task"
  | "message"
  | "user"
  | "userSid"
  | "opcode"
  | "channel"
  | "computer"
  | "recordId"
  | "processId"
  | "threadId"
  | "providerGuid"
  | "version"
  | "levelNumber"
  | "taskNumber"
  | "opcodeNumber"
  | "keywordsMask"
  | "activityId"
  | "payload"
  | "qualifiers"
  | "entryType"
  | "replacement"
  | "instanceId";

const names: Readonly<Record<string, Column>> = {
  level: "level",
  leveldisplayname: "level",
  severity: "level",
  keywords: "keywords",
  keywordsdisplaynames: "keywords",
  keyword: "keywords",
  "date and time": "time",
  timecreated: "time",
  "time created": "time",
  timegenerated: "time",
  "time generated": "time",
  date: "time",
  datetime: "time",
  systemtime: "time",
  eventtime: "time",
  "event time": "time",
  timestamp: "time",
  source: "provider",
  provider: "provider",
  providername: "provider",
  "provider name": "provider",
  sourcename: "provider",
  "event source": "provider",
  "event id": "eventId",
  eventid: "eventId",
  id: "eventId",
  eventcode: "eventId",
  "event code": "eventId",
  "task category": "task",
  taskdisplayname: "task",
  category: "task",
  taskcategory: "task",
  message: "message",
  description: "message",
  "event description": "message",
  user: "user",
  username: "user",
  userid: "userSid",
  usersid: "userSid",
  opcode: "opcode",
  opcodedisplayname: "opcode",
  "operational code": "opcode",
  log: "channel",
  logname: "channel",
  "log name": "channel",
  channel: "channel",
  "event log": "channel",
  computer: "computer",
  machinename: "computer",
  computername: "computer",
  hostname: "computer",
  host: "computer",
  recordid: "recordId",
  eventrecordid: "recordId",
  index: "recordId",
  "event record id": "recordId",
  processid: "processId",
  "process id": "processId",
  threadid: "threadId",
  "thread id": "threadId",
  providerid: "providerGuid",
  version: "version",
  activityid: "activityId",
  "correlation id": "activityId",
  payload: "payload",
  qualifiers: "qualifiers",
  entrytype: "entryType",
  replacementstrings: "replacement",
  instanceid: "instanceId",
};

/**
 * Event Viewer's five columns in its display languages, in its order: level (or keywords), date and time, source,
 * event id, task category. Only the words for the id are needed to know the header; the order does the rest.
 */
const eventIdWords: ReadonlySet<string> = new Set([
  "event id",
  "ereignis-id",
  "ereigniskennung",
  "id de l’événement",
  "id de l'événement",
  "id événement",
  "id. del evento",
  "id del evento",
  "identificador del evento",
  "id evento",
  "id do evento",
  "identificação do evento",
  "gebeurtenis-id",
  "identyfikator zdarzenia",
  "код события",
  "идентификатор события",
  "id события",
  "olay kimliği",
  "イベント id",
  "事件 id",
  "事件id",
  "事件识别码",
  "事件識別碼",
  "이벤트 id",
  "id události",
  "id događaja",
  "händelse-id",
  "hendelses-id",
  "hændelses-id",
  "tapahtuman tunnus",
  "eseményazonosító",
  "αναγνωριστικό συμβάντος",
  "مُعرّف الحدث",
  "מזהה אירוע",
  "id eveniment",
  "ідентифікатор події",
  "код події",
  "id udalosti",
]);

/** Names that hardly anybody but Windows tools give to these two columns. */
const eventIdNames = /^event ?(?:id|code)$/;
const timeNames = /^(?:time ?(?:created|generated)|date and time)$/;

export interface Header {
  readonly columns: readonly (Column | undefined)[];
  readonly names: readonly string[];
  /** Event Viewer's own layout: five columns, then the message in a cell that the header has no name for. */
  readonly isEventViewer: boolean;
  /** The header's words are English; undefined when there are none to tell by. */
  readonly isEnglish: boolean;
}

/** The header of an export of Windows events, or undefined when these cells are none. */
export function readHeader(cells: readonly string[]): Header | undefined {
  const trimmed = cells.map((cell) => cell.replace(/^\ufeff/, "").trim());
  const lower = trimmed.map((cell) => cell.toLowerCase().replace(/[\u00a0\u202f]/g, " "));
  const columns = lower.map((name) => (Object.hasOwn(names, name) ? names[name] : undefined));
  const idAt = lower.findIndex((name) => eventIdWords.has(name));
  if (idAt === 3 && lower.length >= 5 && lower.length <= 6) {
    const layout: Column[] = [
      columns[0] === "keywords" ? "keywords" : "level",
      "time",
      "provider",
      "eventId",
      "task",
      "message",
    ];
    return { columns: layout, names: trimmed, isEventViewer: true, isEnglish: lower[3] === "event id" };
  }
  if (idAt >= 0 && columns[idAt] === undefined) return localised(trimmed, idAt);
  const has = (column: Column) => columns.includes(column);
  if (!has("eventId") || !has("time")) return undefined;
  // "id" and "date" alone are anybody's: something of Windows must stand beside them.
  const isOurs = ["provider", "channel", "level", "entryType", "payload"].filter((one) =>
    has(one as Column),
  ).length;
  const isNamedOurs =
    lower.some((name) => eventIdNames.test(name)) && lower.some((name) => timeNames.test(name));
  if (isOurs === 0 && !(isNamedOurs && (has("computer") || has("message")))) return undefined;
  if (isOurs === 1 && !has("computer") && !has("message")) return undefined;
  return { columns: distinctNumbers(columns, lower), names: trimmed, isEventViewer: false, isEnglish: true };
}

/** A localised view with other columns than the five: date before the id, source between or after. */
function localised(cells: readonly string[], idAt: number): Header {
  const columns: (Column | undefined)[] = cells.map(() => undefined);
  columns[idAt] = "eventId";
  if (idAt >= 2) {
    columns[idAt - 1] = "provider";
    columns[idAt - 2] = "time";
  }
  return { columns, names: cells, isEventViewer: false, isEnglish: false };
}

/** PowerShell's records have both the number and its word: `Level` beside `LevelDisplayName`. */
function distinctNumbers(
  columns: readonly (Column | undefined)[],
  lower: readonly string[],
): (Column | undefined)[] {
  const out = [...columns];
  const both = (plain: string, display: string, column: Column) => {
    const at = lower.indexOf(plain);
    if (at >= 0 && lower.includes(display)) out[at] = column;
  };
  both("level", "leveldisplayname", "levelNumber");
  both("task", "taskdisplayname", "taskNumber");
  both("opcode", "opcodedisplayname", "opcodeNumber");
  both("keywords", "keywordsdisplaynames", "keywordsMask");
  const seen = new Set<Column>();
  return out.map((column) => {
    if (column === undefined || seen.has(column)) return undefined;
    seen.add(column);
    return column;
  });
}
