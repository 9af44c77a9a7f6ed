import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { setHost, setMysqlMessage } from "../../database/mysql-message.ts";
import { addRelated } from "../../ecs/related.ts";
import { kebabCase } from "../../ecs/verdict.ts";
import { integerOf } from "../../text/numbers.ts";

const stamp =
  "(\\d{4}-\\d\\d-\\d\\d(?:T| {1,2})\\d{1,2}:\\d\\d:\\d\\d(?:\\.\\d{1,6})?(?:Z|[+-]\\d\\d:\\d\\d)?|\\d{6} {1,2}\\d{1,2}:\\d\\d:\\d\\d)";
const levels = "Note|Warning|ERROR|System|Error|Info";
const error = new RegExp(
  `^${stamp} (?:(\\d{1,20}|0x[0-9a-f]{1,16}) )?\\[(${levels})\\] (?:\\[(MY-\\d{6})\\] )?(?:\\[(\\w{1,30})\\] )?([\\s\\S]*)$`,
);
const general = new RegExp(
  `^${stamp}?[\\t ]+(\\d{1,20}) (Connect|Query|Quit|Init DB|Field List|Prepare|Execute|Close stmt|Change user|Statistics|Ping|Binlog Dump|Create DB|Drop DB|Refresh|Shutdown|Processlist|Kill|Debug|Sleep|Reset stmt|Fetch|Long Data|Set option|Register Slave|Daemon)(?:\\t([\\s\\S]*))?$`,
);
/** The script that starts and watches the server writes in the same file: "161209 13:08:33 mysqld_safe …". */
const wrapper = new RegExp(`^${stamp} (mysqld_safe|mariadbd-safe) ([\\s\\S]*)$`);
const slowStart = /^# (?:Time: |User@Host: )/;
const header =
  /^(?:\S{1,200}mysqld|\S{1,200}mariadbd), Version: |^Tcp port: |^Time {2,}Id Command|^mysqld_safe /;

/** MySQL and MariaDB: error log, general query log and slow query log. */
export const format = {
  kind: "line",
  name: "database/mysql",
  title: "MySQL and MariaDB logs (error, general, slow)",
  version: 1,
  notes:
    "Error log by [Note]/[Warning]/[ERROR] behind the time; general log by id and command; slow log by '# Time:' and '# User@Host:'. UTC with Z from 5.7 on, local time without a zone before and in MariaDB.",
  sniff(line) {
    if (line.charCodeAt(0) === 35) return slowStart.test(line) ? 0.95 : 0;
    if (error.test(line) || wrapper.test(line)) return 0.85;
    return general.test(line) ? 0.85 : header.test(line) ? 0.8 : 0;
  },
  open(context) {
    return new MysqlParser(context);
  },
} satisfies LineFormat;

class MysqlParser implements LineParser {
  readonly #context: ParseContext;
  /** The general log of older servers names the time only when it changes. */
  #lastTime: EventTime | undefined;

  constructor(context: ParseContext) {
    this.#context = context;
  }

  continues(pending: string, line: string): boolean {
    if (slowStart.test(pending)) {
      // One entry: the lines of "#", then statements up to the next "# Time:" or "# User@Host:".
      if (/^# Time: /.test(line)) return false;
      return !/^# User@Host: /.test(line) || !/^# User@Host: /m.test(pending);
    }
    return (
      general.test(pending) &&
      !general.test(line) &&
      !error.test(line) &&
      !header.test(line) &&
      !slowStart.test(line)
    );
  }

  parse(record: string): LineResult {
    if (header.test(record)) return { skip: "log header" };
    if (slowStart.test(record)) return this.#slow(record);
    const match = error.exec(record);
    if (match) return this.#error(match);
    const watched = wrapper.exec(record);
    if (watched) return this.#wrapper(watched);
    const query = general.exec(record);
    return query ? this.#general(query) : undefined;
  }

  #time(text: string): EventTime | undefined {
    const short = /^(\d\d)(\d\d)(\d\d) {1,2}(\d{1,2}:\d\d:\d\d)$/.exec(text);
    const iso = short ? `20${short[1]}-${short[2]}-${short[3]} ${short[4]}` : text.replace(/ {2}/, " ");
    const time = this.#context.time.iso(iso);
    return time && iso !== text ? { ...time, original: text } : time;
  }

  #error(match: RegExpExecArray): LineResult {
    const time = this.#time(match[1]!);
    if (!time) return { reject: "no valid time" };
    const fields: Fields = { "log.level": match[3]!.toLowerCase() };
    setMysqlMessage(fields, match[6]!);
    if (match[4] !== undefined) fields["event.code"] = match[4];
    if (match[5] !== undefined) fields["service.name"] = match[5];
    if (match[2] !== undefined) setThread(fields, match[2]);
    addRelated(fields);
    return { dataset: "database/mysql", time, fields };
  }

  #wrapper(match: RegExpExecArray): LineResult {
    const time = this.#time(match[1]!);
    if (!time) return { reject: "no valid time" };
    const fields: Fields = {
      "event.kind": "event",
      "event.category": ["database"],
      "event.type": ["info"],
      "process.name": match[2]!,
      message: match[3]!,
    };
    return { dataset: "database/mysql", time, fields };
  }

  #general(match: RegExpExecArray): LineResult {
    if (match[1] !== undefined) this.#lastTime = this.#time(match[1]);
    const time = this.#lastTime;
    const command = match[3]!;
    const argument = match[4] ?? "";
    const fields: Fields = {
      "event.kind": "event",
      "event.category": ["database"],
      "event.type": ["access"],
      "event.action": kebabCase(command),
      "firebreak.raw.connection": match[2]!,
    };
    if (argument !== "") fields.message = argument;
    const connect =
      command === "Connect"
        ? /^(?:Access denied for user ')?([^@'\s]{1,128})'?@'?([^\s']{1,255})/.exec(argument)
        : null;
    if (connect) {
      fields["event.category"] = ["authentication"];
      fields["event.type"] = ["start"];
      fields["event.action"] = "login";
      fields["event.outcome"] = argument.startsWith("Access denied") ? "failure" : "success";
      fields["user.name"] = connect[1]!;
      setHost(fields, connect[2]!);
    }
    addRelated(fields);
    return time ? { dataset: "database/mysql", time, fields } : { dataset: "database/mysql", fields };
  }

  #slow(record: string): LineResult {
    const fields: Fields = {
      "event.kind": "event",
      "event.category": ["database"],
      "event.type": ["access"],
      "event.action": "slow-query",
    };
    const stampText = /^# Time: (\S.{5,40})$/m.exec(record)?.[1]?.trim();
    const epoch = /^SET timestamp=(\d{9,10})(?:\.\d{1,6})?;$/m.exec(record)?.[1];
    const who = /^# User@Host: ([^[\s]{0,128})\[[^\]]{0,128}\] @ *([^[\s]{0,255}) *\[([^\]]{0,64})\]/m.exec(
      record,
    );
    if (who?.[1]) fields["user.name"] = who[1];
    if (who?.[2]) setHost(fields, who[2]);
    if (who?.[3]) setHost(fields, who[3]);
    const thread = /^# .*\b(?:Id|Thread_id): {0,6}(\d{1,20})/m.exec(record)?.[1];
    if (thread !== undefined) setThread(fields, thread);
    if (epoch !== undefined) fields["event.start"] = new Date(Number(epoch) * 1000).toISOString();
    const seconds = /\bQuery_time: (\d{1,12}(?:\.\d{1,9})?)/.exec(record)?.[1];
    if (seconds !== undefined) fields["event.duration"] = Math.round(Number(seconds) * 1e9);
    const rows = integerOf(/\bRows_sent: (\d{1,20})/.exec(record)?.[1] ?? "");
    if (rows !== undefined) fields["firebreak.raw.rows_sent"] = rows;
    const statement = record
      .split("\n")
      .filter((line) => !/^#|^SET timestamp=|^use \S+;$/i.test(line))
      .join("\n")
      .trim();
    if (statement !== "") fields.message = statement;
    addRelated(fields);
    const time =
      (stampText && this.#time(stampText)) ||
      (epoch ? this.#context.time.instant(Number(epoch) * 1000, 0, epoch) : undefined);
    return time ? { dataset: "database/mysql", time, fields } : { dataset: "database/mysql", fields };
  }
}

/** The id of the connection that the server serves in a thread of its own. */
function setThread(fields: Fields, text: string): void {
  fields["firebreak.raw.thread"] = text;
  const id = Number(text);
  if (Number.isSafeInteger(id)) fields["process.thread.id"] = id;
}
