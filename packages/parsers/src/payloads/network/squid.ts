import { isSquidLine, readSquidLine } from "../../proxy/squid-line.ts";
import type { SyslogPayload } from "../../syslog-payload.ts";

/** The Secure Web Appliance puts its level before the line. */
const levelWord = /^ ?Info: /;

export const payload = {
  name: "proxy/squid",
  title: "Squid access log in syslog",
  programs: ["squid", "squid-1", "(squid-1)"],
  accepts: (message) => isSquidLine(message.replace(levelWord, "")),
  parse: (message, _envelope, context) => {
    const text = message.replace(levelWord, "").trimStart();
    const read = isSquidLine(text) ? readSquidLine(text, context) : undefined;
    if (!read) return undefined;
    const { dataset, time, fields } = read;
    return time ? { dataset, time, fields } : { dataset, fields };
  },
} satisfies SyslogPayload;
