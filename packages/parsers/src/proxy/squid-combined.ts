import type { EventDraft } from "@firebreak/model/event";
import type { LineParser } from "@firebreak/model/format";
import { setDestination, setSquidResult } from "./squid-line.ts";

/** Squid's formats "common" and "combined" end with what it did and whom it asked: "TCP_MISS:HIER_DIRECT". */
const tail = / ((?:TCP|UDP|NONE)(?:_[A-Z]+){0,6})(?::|\/)((?:HIER_)?[A-Z_]{3,40})\s*$/;

/** True when an access line carries the mark of Squid at its end. Cheap. */
export function isSquidCombined(line: string): boolean {
  return tail.test(line.slice(-90));
}

/** An access line read by the reader of web servers, with what Squid adds. */
export function readSquidCombined(line: string, access: LineParser): EventDraft | undefined {
  const mark = tail.exec(line.slice(-90));
  const read = access.parse(line);
  if (!mark || read === undefined || !("fields" in read)) return undefined;
  const { fields, time } = read as EventDraft;
  fields["observer.product"] = "Squid";
  fields["observer.type"] = "proxy";
  fields["firebreak.raw.result"] = mark[1]!;
  fields["firebreak.raw.hierarchy"] = mark[2]!;
  const status = fields["http.response.status_code"];
  setSquidResult(fields, mark[1]!, typeof status === "number" ? status : 0);
  setDestination(fields, "-");
  return time ? { dataset: "proxy/squid", time, fields } : { dataset: "proxy/squid", fields };
}
