import type { Fields } from "@firebreak/model/event";
import { describeProcess, nameImages } from "./process.ts";
import { inEnglish } from "./words-local.ts";

/** What a record's own word for what happened says, in ECS: category, type, and the outcome where the word holds it. */
interface Meaning {
  readonly category: string;
  readonly type: string;
  readonly outcome?: "success" | "failure";
}

/** What the names of a table's columns say of all its rows, also of those whose cell there is empty. */
export interface TableKind {
  readonly isSignIns: boolean;
  readonly isThreats: boolean;
}

export function tableKindOf(names: readonly string[]): TableKind {
  const some = (pattern: RegExp) => names.some((name) => pattern.test(name.slice(0, 200)));
  return { isSignIns: some(signInColumn), isThreats: some(threatColumn) };
}

/** Words are few in a table, but they come from evidence: what is remembered is bounded. */
const maxWords = 2000;
const known = new Map<string, Meaning | null>();

/**
 * Gives a record of an unknown product its ECS category and type by its own word for what happened ("Process Created",
 * "file_rename", "Login failed") together with the fields that such a record must have; without a word by fields that
 * belong to one kind of record only. Detection asks for category and type, so a table without them is seen by no rule.
 * What stands already is left alone, and a record that fits nothing stays without a category.
 */
export function classifyRecord(fields: Fields, table?: TableKind): void {
  if (fields["event.category"] !== undefined) return;
  const word = fields["event.action"];
  const meaning = [typeof word === "string" ? meaningOf(word) : null, byFields(fields, table)].find(
    (one) => one !== null && isBorneBy(one, fields),
  );
  if (!meaning) return;
  fields["event.category"] = [meaning.category];
  fields["event.type"] ??= [meaning.type];
  fields["firebreak.inference.event.category"] = 0.7;
  if (meaning.outcome !== undefined) fields["event.outcome"] ??= meaning.outcome;
  if (meaning.category === "malware") fields["event.kind"] = "alert";
  if (meaning.category === "process") describeProcess(fields);
  if (meaning.category !== "authentication" && meaning.category !== "iam") describeSystem(fields);
  if (meaning.category === "process") nameImages(fields);
}

function meaningOf(word: string): Meaning | null {
  let meaning = known.get(word);
  if (meaning === undefined) {
    if (known.size >= maxWords) known.clear();
    meaning = readWord(word);
    known.set(word, meaning);
  }
  return meaning;
}

const made = /(?:^|-)(?:new|creat\w*|start\w*|launch\w*|spawn\w*|exec\w*|run)(?:-|$)/;
const ended = /(?:^|-)(?:end\w*|exit\w*|stop\w*|terminat\w*|kill\w*)(?:-|$)/;
const written = /(?:^|-)(?:new|creat\w*|writ\w*|add\w*|drop\w*)(?:-|$)/;
const removed = /(?:^|-)(?:delet\w*|remov\w*|unlink\w*)(?:-|$)/;
const changed = /(?:^|-)(?:renam\w*|modif\w*|chang\w*|mov\w*|overwrit\w*|set\w*|updat\w*)(?:-|$)/;
const failed =
  /(?:^|-)(?:fail\w*|den\w*|invalid|refus\w*|reject\w*|incorrect|bad|wrong|unsuccessful|error)(?:-|$)/;
const succeeded = /(?:^|-)(?:success\w*|succeed\w*|ok|accept\w*|grant\w*)(?:-|$)/;

/** `word` is in kebab case, as event.action has it. */
function readWord(recorded: string): Meaning | null {
  const word = inEnglish(recorded);
  if (/(?:^|-)process(?:es)?(?:-|$)/.test(word)) {
    if (made.test(word)) return { category: "process", type: "start" };
    return ended.test(word) ? { category: "process", type: "end" } : null;
  }
  if (/^exec(?:ve|ution|uted)?$/.test(word)) return { category: "process", type: "start" };
  if (/(?:^|-)reg(?:istry)?(?:-|$)/.test(word)) return { category: "registry", type: "change" };
  if (/(?:^|-)file(?:-|$)/.test(word)) return ofFile(word);
  if (/(?:^|-)(?:log-?(?:on|in)|logged-(?:on|in)|sign-?(?:on|in)|signed-in|authenticat\w*)(?:-|$)/.test(word))
    return {
      category: "authentication",
      type: "start",
      ...(failed.test(word) ? { outcome: "failure" } : succeeded.test(word) ? { outcome: "success" } : {}),
    };
  if (/(?:^|-)(?:log-?o(?:ff|ut)|logged-o(?:ff|ut)|sign-?out)(?:-|$)/.test(word))
    return { category: "authentication", type: "end" };
  if (/(?:^|-)(?:users?|accounts?)(?:-|$)/.test(word)) {
    if (written.test(word)) return { category: "iam", type: "creation" };
    return removed.test(word) ? { category: "iam", type: "deletion" } : null;
  }
  if (/(?:^|-)connect\w*(?:-|$)/.test(word)) return { category: "network", type: "connection" };
  if (word === "allowed" || word === "denied" || word === "blocked" || word === "dropped")
    return { category: "network", type: word === "allowed" ? "allowed" : "denied" };
  return null;
}

function ofFile(word: string): Meaning | null {
  if (changed.test(word)) return { category: "file", type: "change" };
  if (written.test(word)) return { category: "file", type: "creation" };
  return removed.test(word) ? { category: "file", type: "deletion" } : null;
}

/** What a record is by its fields alone, where its word says nothing. */
function byFields(fields: Fields, table: TableKind | undefined): Meaning | null {
  // A command line and no word for what happened: a process that started, if a parent or the column's own name says so.
  if (fields["event.action"] === undefined && fields["process.command_line"] !== undefined) {
    const named = fields["firebreak.inference.process.command_line"];
    const isSure = fields["process.parent.name"] !== undefined || (typeof named === "number" && named >= 0.9);
    return isSure ? { category: "process", type: "start" } : null;
  }
  if (fields["url.original"] !== undefined && fields["http.request.method"] !== undefined)
    return { category: "web", type: "access" };
  if (fields["email.from.address"] !== undefined && fields["email.to.address"] !== undefined)
    return { category: "email", type: "info" };
  if (fields["rule.name"] !== undefined && (table?.isThreats ?? hasColumn(fields, threatColumn)))
    return { category: "malware", type: "info" };
  const hasAccount = fields["user.name"] !== undefined && fields["source.ip"] !== undefined;
  if (
    hasAccount &&
    fields["event.outcome"] !== undefined &&
    (table?.isSignIns ?? hasColumn(fields, signInColumn))
  )
    return { category: "authentication", type: "start" };
  return null;
}

const threatColumn = /threat|virus|malware|infect|bedrohung|amenaza|menace|minaccia|ameaca|zagroz/i;
const signInColumn =
  /sign-?[ _]?in(?:$|[^a-z])|log-?[ _]?[io]n(?:$|[^a-z])|authentication|multi-?factor|\bMFA\b/i;
const knownColumns = new Map<string, boolean>();

/** Whether the record has a column whose name is of the kind. Names are few in a table, and remembered. */
function hasColumn(fields: Fields, pattern: RegExp): boolean {
  for (const field in fields) {
    if (!field.startsWith("firebreak.raw.")) continue;
    const key = `${pattern.source}\0${field}`;
    let fits = knownColumns.get(key);
    if (fits === undefined) {
      if (knownColumns.size >= maxWords) knownColumns.clear();
      fits = pattern.test(field.slice("firebreak.raw.".length, 200));
      knownColumns.set(key, fits);
    }
    if (fits) return true;
  }
  return false;
}

/** The word alone may be of anything: the record must also have what such a record has. */
function isBorneBy({ category, type }: Meaning, fields: Fields): boolean {
  switch (category) {
    case "process":
      return fields["process.name"] !== undefined || fields["process.command_line"] !== undefined;
    case "file":
      return fields["file.path"] !== undefined || fields["file.name"] !== undefined;
    case "registry":
      return fields["process.name"] !== undefined;
    case "email":
      return fields["email.to.address"] !== undefined;
    case "malware":
      return fields["file.path"] !== undefined || fields["host.name"] !== undefined;
    case "network":
      if (type === "connection")
        return fields["source.ip"] !== undefined || fields["destination.ip"] !== undefined;
      // A verdict is passed on many things; between two addresses and on no page it is on their traffic.
      return (
        fields["source.ip"] !== undefined &&
        fields["destination.ip"] !== undefined &&
        fields["url.original"] === undefined
      );
    case "web":
      return true;
    default:
      return fields["user.name"] !== undefined || fields["source.ip"] !== undefined;
  }
}

/** The system is known by its paths: a drive letter or a name in .exe is Windows; a path from the root is not. */
function describeSystem(fields: Fields): void {
  if (fields["host.os.type"] !== undefined) return;
  for (const name of [
    "process.executable",
    "process.command_line",
    "process.parent.executable",
    "file.path",
    "process.name",
  ]) {
    const value = fields[name];
    if (typeof value !== "string") continue;
    const head = value.slice(0, 260);
    const type = /^"?(?:[A-Za-z]:\\|\\\\|%\w+%)|\.exe(?:$|["\s])/i.test(head)
      ? "windows"
      : /^\/(?:Applications|System|Library|Users)\//.test(head)
        ? "macos"
        : /^\/(?:usr|bin|sbin|opt|etc|var|tmp|home|root|lib|dev|srv|run)\b/.test(head)
          ? "linux"
          : undefined;
    if (type === undefined) continue;
    fields["host.os.type"] = type;
    fields["firebreak.inference.host.os.type"] = 0.7;
    return;
  }
}
