import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { sqlError, sqlLogin } from "../../windows/ecs/sql-server.ts";

const name = "windows/mssql-errorlog";
const stamp = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{2,3}) ([A-Za-z]\S{0,15}) {1,12}(.*)$/s;
const start =
  /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{2,3} (?:Server|Logon|Backup|spid\d{1,6}s?|SPID\d{1,6}s?)\s/;

interface Pending {
  readonly stamp: string;
  readonly source: string;
  readonly code: string;
  readonly severity: string;
  readonly state: string;
}

/**
 * ERRORLOG of Microsoft SQL Server: UTF-16, several lines a record, local time. An "Error: n" line stands before the
 * message that it belongs to.
 */
export const format = {
  kind: "line",
  name,
  title: "Microsoft SQL Server error log",
  version: 1,
  notes:
    "`2024-05-14 08:10:23.99 Logon       …`, UTF-16LE; local time without zone; `Error: 18456, Severity: 14, State: 8.` belongs to the next record.",
  sniff: (text) => (start.test(text) ? 0.9 : 0),
  open: (context) => {
    let pending: Pending | undefined;
    return {
      continues: (record, next) =>
        start.test(record) && !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{2}/.test(next),
      parse: (record) => {
        const match = stamp.exec(record);
        if (match === null) return undefined;
        const [, at, source, text] = match as unknown as [string, string, string, string];
        const error = /^Error: (\d{1,6}), Severity: (\d{1,2}), State: (\d{1,3})\.?\s*$/.exec(text);
        const previous = pending?.stamp === at && pending.source === source ? pending : undefined;
        pending =
          error === null
            ? undefined
            : { stamp: at, source, code: error[1]!, severity: error[2]!, state: error[3]! };
        return draft({ at, source, text: text.trim() }, pending ?? previous, context);
      },
    };
  },
} satisfies LineFormat;

interface Entry {
  readonly at: string;
  readonly source: string;
  readonly text: string;
}

function draft(entry: Entry, error: Pending | undefined, context: ParseContext): LineResult {
  const fields: Fields = {
    "event.kind": "event",
    "event.category": ["database"],
    "event.type": ["info"],
    "event.provider": "MSSQLSERVER",
    message: entry.text,
    "firebreak.raw.source": entry.source,
  };
  if (error !== undefined) {
    fields["event.code"] = error.code;
    fields["firebreak.raw.severity"] = error.severity;
    fields["firebreak.raw.state"] = error.state;
    fields["event.type"] = ["error"];
  }
  classify(fields, entry.text, error?.code);
  addRelated(fields);
  const time = context.time.iso(entry.at);
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}

function classify(fields: Fields, text: string, code: string | undefined): void {
  if (text.startsWith("Login failed") || text.startsWith("Login succeeded")) {
    const isFailure = text.startsWith("Login failed");
    fields["event.action"] = isFailure ? "logon-failed" : "logged-in";
    fields["event.outcome"] = isFailure ? "failure" : "success";
    fields["event.category"] = ["authentication", "database"];
    fields["event.type"] = ["start"];
    sqlLogin(fields);
  } else if (code === "823" || code === "824" || code === "825") {
    fields["event.action"] = code === "825" ? "database-io-retried" : "database-io-failed";
    fields["event.outcome"] = "failure";
    sqlError(fields);
  } else if (/^Configuration option '/.test(text)) {
    fields["event.action"] = "database-option-changed";
    fields["event.category"] = ["configuration", "database"];
    fields["event.type"] = ["change"];
    const option = /^Configuration option '([^']{1,128})' changed from (\S{1,32}) to (\S{1,32}?)\./.exec(
      text,
    );
    if (option !== null) fields["firebreak.raw.option"] = `${option[1]} ${option[2]} -> ${option[3]}`;
  } else if (/^(?:Database|Log) (?:was )?(?:backed up|restored)/.test(text)) {
    fields["event.action"] = text.includes("restored") ? "database-restored" : "database-backed-up";
  } else if (/^Using '\S{1,200}' version '.{1,40}' to execute extended stored procedure/.test(text)) {
    fields["event.action"] = "extended-procedure-run";
  } else if (/^Starting up database/.test(text)) fields["event.action"] = "database-started";
}
