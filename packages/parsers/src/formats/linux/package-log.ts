import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { monthNumber } from "../../text/months.ts";

const dataset = "linux/package-log";

export const format = {
  kind: "line",
  name: dataset,
  title: "Package managers (dpkg.log, apt history.log, yum.log, dnf.rpm.log)",
  version: 1,
  notes:
    "dpkg `YYYY-MM-DD hh:mm:ss install name:arch old new`; apt blocks from `Start-Date:` to `End-Date:`; yum `Mmm dd hh:mm:ss Installed: name` without year. Local time without zone, except dnf.",
  sniff,
  open: (context) => ({
    parse: (record) => parse(record, context),
    continues: (pending, line) =>
      pending.startsWith("Start-Date: ") && !pending.includes("\nEnd-Date: ") && aptLine.test(line),
  }),
} satisfies LineFormat;

const dpkg =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (install|upgrade|remove|purge|configure|trigproc|disappear|status|startup|conffile) (.+)$/;
const yum =
  /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d) (Installed|Updated|Erased|Removed|Dep-Installed|Obsoleted): (\S.*)$/;
const dnf =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|[+-]\d{4})) (?:SUBDEBUG|DEBUG|INFO) (Installed|Upgraded|Upgrade|Erase|Removed|Reinstalled|Downgraded|Obsoleted|Cleanup): (\S.*)$/;
const aptLine =
  /^(?:Start-Date|Commandline|Requested-By|Install|Upgrade|Downgrade|Remove|Purge|Reinstall|Error|End-Date|Comment): /;

function sniff(line: string): number {
  if (dpkg.test(line) || yum.test(line) || dnf.test(line)) return 0.95;
  return aptLine.test(line) ? 0.9 : 0;
}

const verbs: Record<string, [string, string]> = {
  install: ["package-installed", "installation"],
  installed: ["package-installed", "installation"],
  "dep-installed": ["package-installed", "installation"],
  reinstall: ["package-installed", "installation"],
  reinstalled: ["package-installed", "installation"],
  upgrade: ["package-updated", "change"],
  upgraded: ["package-updated", "change"],
  updated: ["package-updated", "change"],
  downgrade: ["package-downgraded", "change"],
  downgraded: ["package-downgraded", "change"],
  remove: ["package-removed", "deletion"],
  removed: ["package-removed", "deletion"],
  erase: ["package-removed", "deletion"],
  erased: ["package-removed", "deletion"],
  purge: ["package-removed", "deletion"],
  obsoleted: ["package-removed", "deletion"],
};

function base(verb: string, message: string): Fields {
  const known = verbs[verb.toLowerCase()];
  return {
    "event.kind": "event",
    "event.category": ["package"],
    "event.type": [known?.[1] ?? "info"],
    "event.action": known?.[0] ?? `package-${verb.toLowerCase()}`,
    message,
  };
}

function parse(record: string, context: ParseContext): LineResult {
  if (record.startsWith("Start-Date: ")) return readApt(record, context);
  const line = record.trimEnd();
  const deb = dpkg.exec(line);
  if (deb) return draft(readDpkg(deb, line), context.time.iso(deb[1]!));
  const rpm = dnf.exec(line);
  if (rpm) return draft({ ...base(rpm[2]!, line), "package.name": rpm[3]! }, context.time.iso(rpm[1]!));
  const old = yum.exec(line);
  if (old) {
    const civil = {
      month: monthNumber(old[1]!),
      day: +old[2]!,
      hour: +old[3]!,
      minute: +old[4]!,
      second: +old[5]!,
    };
    return draft(
      { ...base(old[6]!, line), "package.name": old[7]! },
      context.time.yearless(civil, line.slice(0, 15)),
    );
  }
  return aptLine.test(record) ? { reject: "line of an apt block without its start" } : undefined;
}

function draft(fields: Fields, time: EventTime | undefined): LineResult {
  return time ? { dataset, time, fields } : { dataset, fields };
}

/** "install base-passwd:amd64 <none> 3.5.33", "status half-installed base-passwd:amd64 3.5.33". */
function readDpkg(match: RegExpExecArray, line: string): Fields {
  const words = match[3]!.split(" ");
  const verb = match[2]!;
  const fields = base(verb, line);
  if (verb === "status") {
    fields["firebreak.raw.status"] = words[0]!;
    words.shift();
  }
  if (verb === "startup" || verb === "conffile") {
    fields["firebreak.raw.detail"] = match[3]!;
    return fields;
  }
  const [name, arch] = (words[0] ?? "").split(":", 2);
  if (name) fields["package.name"] = name;
  if (arch) fields["package.architecture"] = arch;
  const versions = words.slice(1).filter((word) => !word.startsWith("<"));
  const version = versions.at(-1);
  if (version !== undefined) fields["package.version"] = version;
  if (versions.length === 2 && verb === "upgrade") fields["firebreak.raw.old_version"] = versions[0]!;
  return fields;
}

const maxNames = 5000;

function readApt(record: string, context: ParseContext): LineResult {
  const values = new Map<string, string>();
  for (const line of record.split("\n", 50)) {
    const colon = line.indexOf(": ");
    if (colon > 0) values.set(line.slice(0, colon), line.slice(colon + 2).trimEnd());
  }
  const verb = ["Install", "Upgrade", "Downgrade", "Remove", "Purge", "Reinstall"].find((name) =>
    values.has(name),
  );
  const command = values.get("Commandline");
  const fields = base(verb ?? "run", command ?? record.slice(0, 2000));
  if (command !== undefined) fields["process.command_line"] = command;
  const by = /^(\S+) \((\d+)\)$/.exec(values.get("Requested-By") ?? "");
  if (by) {
    fields["user.name"] = by[1]!;
    fields["user.id"] = by[2]!;
  }
  for (const name of ["Install", "Upgrade", "Downgrade", "Remove", "Purge", "Reinstall"]) {
    const list = values.get(name);
    if (list === undefined) continue;
    const names = [...list.slice(0, 500_000).matchAll(/(?:^|, )([^\s:,()]{1,200})(?::[\w-]+)? \(/g)]
      .slice(0, maxNames)
      .map((match) => match[1]!);
    fields[name === verb ? "package.name" : `firebreak.raw.${name}`] = names.length === 1 ? names[0]! : names;
  }
  const error = values.get("Error");
  fields["event.outcome"] =
    error === undefined ? (values.has("End-Date") ? "success" : "unknown") : "failure";
  if (error !== undefined) fields["event.reason"] = error;
  return draft(fields, context.time.iso(values.get("Start-Date") ?? ""));
}
