import type { Column } from "./columns.ts";

/** Keys of the lines above the message, in the languages of Event Viewer's "Copy as text" and of wevtutil and PowerShell. */
const keys: Readonly<Record<string, Column | "timeOfDay" | "legacyDate" | "skip">> = {
  "log name": "channel",
  logname: "channel",
  protokollname: "channel",
  "nom du journal": "channel",
  "nombre de registro": "channel",
  channel: "channel",
  log: "channel",
  "event log": "channel",
  "nome registro": "channel",
  "nome do log": "channel",
  source: "provider",
  "event source": "provider",
  sourcename: "provider",
  providername: "provider",
  "provider name": "provider",
  quelle: "provider",
  origen: "provider",
  origine: "provider",
  provider: "provider",
  fonte: "provider",
  date: "time",
  "date and time": "time",
  datum: "time",
  fecha: "time",
  data: "time",
  timecreated: "time",
  "time created": "time",
  timegenerated: "time",
  timestamp: "time",
  "date/time": "time",
  datetime: "time",
  "event time": "time",
  "time generated": "time",
  time: "timeOfDay",
  zeit: "timeOfDay",
  uhrzeit: "timeOfDay",
  hora: "timeOfDay",
  heure: "timeOfDay",
  "event id": "eventId",
  eventid: "eventId",
  "event code": "eventId",
  eventcode: "eventId",
  id: "eventId",
  "ereignis-id": "eventId",
  ereigniskennung: "eventId",
  "id de l’événement": "eventId",
  "id de l'événement": "eventId",
  "id. del evento": "eventId",
  "id del evento": "eventId",
  "id evento": "eventId",
  "instance id": "instanceId",
  instanceid: "instanceId",
  "task category": "task",
  taskcategory: "task",
  "event category": "task",
  task: "task",
  taskdisplayname: "task",
  aufgabenkategorie: "task",
  "catégorie de la tâche": "task",
  "categoría de la tarea": "task",
  category: "task",
  kategorie: "task",
  level: "level",
  leveldisplayname: "level",
  ebene: "level",
  niveau: "level",
  nivel: "level",
  livello: "level",
  severity: "level",
  "event type": "entryType",
  entrytype: "entryType",
  type: "entryType",
  ereignistyp: "entryType",
  opcode: "opcode",
  opcodedisplayname: "opcode",
  keywords: "keywords",
  keyword: "keywords",
  keywordsdisplaynames: "keywords",
  schlüsselwörter: "keywords",
  "mots clés": "keywords",
  "palabras clave": "keywords",
  user: "user",
  benutzer: "user",
  utilisateur: "user",
  usuario: "user",
  "user name": "user",
  account: "user",
  computer: "computer",
  computername: "computer",
  machinename: "computer",
  hostname: "computer",
  host: "computer",
  ordinateur: "computer",
  equipo: "computer",
  "computer name": "computer",
  recordnumber: "recordId",
  "event record id": "recordId",
  eventrecordid: "recordId",
  recordid: "recordId",
  index: "recordId",
  "record number": "recordId",
  description: "message",
  message: "message",
  beschreibung: "message",
  descripción: "message",
  descrizione: "message",
  descrição: "message",
  eventtype: "skip",
  sid: "userSid",
  userid: "userSid",
  sidtype: "skip",
  version: "version",
  qualifiers: "skip",
  providerid: "providerGuid",
  processid: "processId",
  threadid: "threadId",
  relatedactivityid: "skip",
  activityid: "activityId",
  containerlog: "skip",
  matchedqueryids: "skip",
  bookmark: "skip",
  properties: "skip",
  keywordsmask: "skip",
};

export type TextKey = Column | "timeOfDay" | "legacyDate" | "skip";

export interface KeyLine {
  readonly key: TextKey;
  readonly name: string;
  readonly value: string;
  /** Column at which the value begins: PowerShell indents what follows to it. */
  readonly valueAt: number;
}

/** `Event ID:      4625`, `EventCode=4625`, `Id           : 4625`; undefined for lines that are no header lines. */
export function readKeyLine(line: string): KeyLine | undefined {
  if (line.length > 8192) return undefined;
  const match = /^ {0,4}([^\s:=][^:=\t]{0,39}?) {0,24}\t{0,4}[:=]\s{0,32}/.exec(line);
  if (match === null) return undefined;
  const name = match[1]!.replace(/[\u00a0\u202f]/g, " ").trimEnd();
  const lower = name.toLowerCase();
  if (!Object.hasOwn(keys, lower)) return undefined;
  return {
    key: keys[lower]!,
    name: lower,
    value: line.slice(match[0].length).trim(),
    valueAt: match[0].length,
  };
}

/** Keys whose English form is used by other languages too and proves nothing. */
const neutral: ReadonlySet<string> = new Set([
  "source",
  "date",
  "level",
  "message",
  "description",
  "computer",
  "opcode",
  "id",
  "type",
  "user",
  "data",
  "log",
  "sid",
  "index",
  "host",
]);
const englishOnly =
  /^(?:log ?name|event|task|time|keywords|provider|record|user name|computer ?name|machine|category|instance)/;

/** Whether a header line's key is an English one; undefined where the word is shared. */
export function isEnglishKey(name: string): boolean | undefined {
  if (neutral.has(name)) return undefined;
  return englishOnly.test(name);
}
