import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineResult, ParseContext } from "@firebreak/model/format";
import { addRelated } from "../../ecs/related.ts";
import { createHeadMemory } from "../../infer/head-memory.ts";
import { setFilePath } from "../../windows/ecs/steps.ts";
import { baseName } from "../../windows/text.ts";

const name = "windows/defender-mplog";
const stamp = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z?) (.*)$/s;
const signature =
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z? (?:DETECTION|SDN:|SDN query|ProcessImageName: |\[?(?:RTP|Mp|MP|Engine|Cloud|Mini-filter|Exclusion|BM|ETW|AmsiUac|Sense)|Process scan|EMS |Dynamic |Internal signature|Verifying |lowfi|Set Attribute|Task\(|Loaded engine|Signature|Product |MpEngine|Registered|Service |BEGIN |END |AutoPurge|Bug|WSC|Cache|Ignored|Beginning|Finished|Quick|Full|OFFLINE|Running|Real ?[Tt]ime)/;

/** Looked for once in a file: the head is thousands of times longer than a line. */
const isMplog = createHeadMemory(
  (head) =>
    /^MPLog/i.test(head.fileName) ||
    /Mp(?:CmdRun|Engine|SvcInstance)|DETECTION_ADD|Microsoft (?:Antimalware|Defender)/.test(head.text),
);

/** MPLog of Microsoft Defender: detections, scans and process costs. Stamps are UTC when they end in Z. */
export const format = {
  kind: "line",
  name,
  title: "Microsoft Defender MPLog",
  version: 1,
  notes:
    "UTF-16, `2024-05-14T06:10:23.123Z DETECTION_ADD …`, `ProcessImageName: …`; UTC with Z, else local; blocks go on over lines without a stamp.",
  sniff: (line, head) => {
    if (signature.test(line)) return 0.93;
    if (!isMplog.of(head)) return 0;
    return stamp.test(line) ? 0.85 : 0.2;
  },
  open: (context) => ({
    continues: (pending, line) =>
      /^\d{4}-\d{2}-\d{2}T/.test(pending) && !/^\d{4}-\d{2}-\d{2}T\d{2}:/.test(line),
    parse: (record) => parse(record, context),
  }),
} satisfies LineFormat;

function parse(record: string, context: ParseContext): LineResult {
  const match = stamp.exec(record);
  if (match === null)
    return /^[-=*\s]*$|^\w/.test(record.slice(0, 200)) ? { skip: "text before the first entry" } : undefined;
  const text = match[2]!.trim();
  const fields: Fields = {
    "event.kind": "event",
    "event.provider": "Microsoft Defender Antivirus",
    message: text.slice(0, 32_768),
  };
  if (!readDetection(fields, text)) readProcess(fields, text);
  addRelated(fields);
  const time = context.time.iso(match[1]!);
  return time === undefined ? { dataset: name, fields } : { dataset: name, time, fields };
}

/** `DETECTION_ADD#1 Trojan:Win32/X file:C:\a.exe;process:…`, `DETECTIONEVENT MPSOURCE_REALTIME Virus:… file:…;` */
function readDetection(fields: Fields, text: string): boolean {
  const match = /^(DETECTION_ADD|DETECTION_CLEANEVENT|DETECTIONEVENT|DETECTION)\S{0,16}\s{1,4}(.*)$/s.exec(
    text,
  );
  if (match === null) return false;
  const isClean = match[1] === "DETECTION_CLEANEVENT";
  fields["event.kind"] = "alert";
  fields["event.category"] = ["malware"];
  fields["event.type"] = ["info"];
  fields["event.action"] = isClean ? "remediated" : "detected";
  const threat = /\b([A-Z][A-Za-z]{2,24}(?:\.[A-Z]\w{0,16})?:[A-Za-z0-9_]{2,16}\/[^\s;]{1,128})/.exec(
    match[2]!,
  );
  if (threat !== null) fields["rule.name"] = threat[1]!;
  const action = /\bMP_THREAT_ACTION_(\w{1,24})/.exec(match[2]!)?.[1];
  if (action !== undefined)
    fields["event.action"] = words[action] ?? `remediation-${action.toLowerCase().replace(/_/g, "-")}`;
  const path = /\bfile:_?([^;\r\n]{3,512}?)(?:;|\r|\n| PropBag|$)/.exec(match[2]!)?.[1];
  if (path !== undefined) setFilePath(fields, path.trim());
  return true;
}

const words: Readonly<Record<string, string>> = {
  QUARANTINE: "quarantined",
  REMOVE: "removed",
  CLEAN: "cleaned",
  ALLOW: "allowed",
  BLOCK: "blocked",
  NONE: "detected",
};

/** `ProcessImageName: powershell.exe, Pid: 123, TotalTime: …`: proof that a program ran. */
function readProcess(fields: Fields, text: string): void {
  const match = /^ProcessImageName: ([^,]{1,260}), Pid: (\d{1,10})/.exec(text);
  const path = match?.[1] ?? /\bImagePath: ?"?([A-Za-z]:\\[^",;\r\n]{1,400})/.exec(text)?.[1];
  if (path === undefined) return;
  fields["event.category"] = ["process"];
  fields["event.type"] = ["info"];
  fields["event.action"] = "process-scanned";
  fields["process.name"] = baseName(path);
  if (path !== baseName(path)) fields["process.executable"] = path;
  if (match !== null) fields["process.pid"] = Number(match[2]);
  const file = /MaxTimeFile: (\\Device\\[^,]{1,400}|[A-Za-z]:\\[^,]{1,400})/.exec(text)?.[1];
  if (file !== undefined) setFilePath(fields, file);
}
