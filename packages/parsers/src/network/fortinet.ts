import type { Fields } from "@firebreak/model/event";
import { connectionVerdict, setVerdict } from "../ecs/connection.ts";

/** Datasets and products by the letters that begin their serial numbers; FortiGate's begin with FG. */
const appliances: readonly (readonly [prefix: string, dataset: string, product: string])[] = [
  ["FE", "network/fortimail", "FortiMail"],
  ["FV", "network/fortiweb", "FortiWeb"],
  ["FMG", "network/fortimanager", "FortiManager"],
  ["FAZ", "network/fortimanager", "FortiAnalyzer"],
  ["FL", "network/fortimanager", "FortiAnalyzer"],
  ["FCT", "network/forticlient", "FortiClient"],
];

/** The Fortinet appliance that wrote a record of pairs, by `devid=` or `device_id=`; undefined for FortiGate and all else. Cheap. */
export function applianceOf(message: string): (typeof appliances)[number] | undefined {
  let at = message.indexOf("devid=");
  let start = at + 6;
  if (at < 0) {
    at = message.indexOf("device_id=");
    start = at + 10;
  }
  if (at < 0 || at > 700) return undefined;
  if (message.charCodeAt(start) === 34) start++;
  if (message.charCodeAt(start) !== 70 || message.charCodeAt(start + 1) === 71) return undefined;
  return appliances.find(([prefix]) => message.startsWith(prefix, start));
}

/** Words of FortiMail's "disposition" that let a mail go on; all others stop, park or change it. */
const passed = /^(?:accept|deliver|relay|pass|none|not spam|tag|insert|modify|notification|bcc|archive)/i;

/** What an entry of FortiMail, FortiWeb, FortiManager or FortiClient tells, by its type, subtype and action. */
export function finishAppliance(fields: Fields, values: Record<string, string>, dataset: string): void {
  const { type = "", subtype = "", action = "" } = values;
  const words = `${subtype} ${action} ${values.msg ?? ""}`;
  if (dataset === "network/fortimail" && !/^k?event$/.test(type)) finishMail(fields, values);
  else if (type === "attack" || type === "virus" || type === "emerging-threat") finishAlert(fields, values);
  else if (type === "traffic") {
    fields["event.category"] = fields["http.request.method"] === undefined ? ["network"] : ["web", "network"];
    fields["event.type"] = ["connection"];
    const verdict = connectionVerdict(values.utmaction || action);
    if (verdict !== undefined) setVerdict(fields, verdict, values.utmaction || action);
    else if (values.http_retcode)
      fields["event.outcome"] = Number(values.http_retcode) < 400 ? "success" : "failure";
  } else if (/\blog(?:ged)? ?(?:in|on|out|off)\b|authenticat/i.test(words))
    finishLogin(fields, words, values.status);
  else {
    const changed = /\b(?:objcfg|devcfg|config|edit|add|delete|change|set)\b/i.test(words);
    fields["event.category"] = [changed ? "configuration" : "host"];
    fields["event.type"] = [changed ? "change" : "info"];
    setStatus(fields, values.status);
  }
  fields["event.action"] ??= (action || subtype || type || "log").toLowerCase();
}

function finishMail(fields: Fields, values: Record<string, string>): void {
  const { type = "", disposition = "" } = values;
  fields["event.category"] = type === "virus" ? ["email", "malware"] : ["email"];
  fields["event.type"] = ["info"];
  if (type === "virus" || type === "spam") fields["event.kind"] = "alert";
  if (disposition !== "") {
    fields["event.action"] = disposition.toLowerCase();
    fields["event.outcome"] = passed.test(disposition) ? "success" : "failure";
  }
  const infected = /infected with (.{1,200}?)\.?$/i.exec(values.msg ?? "");
  if (infected) fields["rule.name"] ??= infected[1]!;
}

function finishAlert(fields: Fields, values: Record<string, string>): void {
  fields["event.kind"] = "alert";
  fields["event.category"] = ["intrusion_detection", "web"];
  fields["event.type"] = ["info"];
  const word = values.action ?? "";
  if (word === "") return;
  fields["event.action"] = word.toLowerCase();
  const stops = /deny|block|erase|redirect|period/i.test(word);
  fields["event.type"] = [stops ? "denied" : "info"];
  fields["event.outcome"] = stops ? "failure" : "success";
}

function finishLogin(fields: Fields, words: string, status: string | undefined): void {
  const out = /\blog(?:ged)? ?(?:out|off)\b/i.test(words);
  fields["event.category"] = ["authentication"];
  setStatus(fields, status);
  if (/\b(?:fail|denied|invalid)/i.test(words)) fields["event.outcome"] = "failure";
  else if (/success/i.test(words)) fields["event.outcome"] ??= "success";
  fields["event.type"] = [out ? "end" : fields["event.outcome"] === "success" ? "start" : "info"];
}

function setStatus(fields: Fields, status: string | undefined): void {
  if (status === undefined) return;
  if (/^succ/i.test(status)) fields["event.outcome"] = "success";
  else if (/^(?:fail|deny|error)/i.test(status)) fields["event.outcome"] = "failure";
}
