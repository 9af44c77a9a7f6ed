import { isWebGatewayRow, readWebGatewayRow } from "../../network/web-gateway.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { createClfDateReader } from "../../text/clf-date.ts";

export const payload = {
  name: "proxy/web-gateway",
  title: "McAfee (Skyhigh) Web Gateway within syslog",
  programs: ["mwg"],
  accepts: (message) => isWebGatewayRow(message),
  parse(message, _envelope, context): PayloadDraft | undefined {
    const read = readWebGatewayRow(message);
    if (!read) return undefined;
    const time = createClfDateReader(context.time)(read.stamp);
    const { fields } = read;
    return time ? { dataset: "proxy/web-gateway", fields, time } : { dataset: "proxy/web-gateway", fields };
  },
} satisfies SyslogPayload;
