import type { SyslogPayload } from "../../syslog-payload.ts";
import { looksLikeEventXml, parseEventXml } from "../../windows/event-xml.ts";

const dataset = "linux/sysmon";

export const payload = {
  name: dataset,
  title: "Sysmon for Linux (event XML in syslog)",
  programs: ["sysmon"],
  accepts: (message) =>
    message.charCodeAt(0) === 60 && message.includes("Linux-Sysmon") && looksLikeEventXml(message),
  parse(message, _envelope, context) {
    if (!looksLikeEventXml(message)) return undefined;
    const draft = parseEventXml(message, context, dataset);
    if ("reject" in draft) return undefined;
    // The XML itself is the message; it stays in the evidence.
    draft.fields.message ??= "Sysmon event";
    return draft.time
      ? { dataset, fields: draft.fields, time: draft.time }
      : { dataset, fields: draft.fields };
  },
} satisfies SyslogPayload;
