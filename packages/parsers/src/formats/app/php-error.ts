import type { Fields } from "@firebreak/model/event";
import type { LineFormat, LineParser, LineResult, ParseContext } from "@firebreak/model/format";
import type { EventTime } from "@firebreak/model/time";
import { addRelated } from "../../ecs/related.ts";
import { createClfDateReader } from "../../text/clf-date.ts";
import { findAddresses } from "../../text/find-addresses.ts";
import { isKnownZone } from "../../time/zone.ts";

const pattern =
  /^\[(\d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)(?: ([A-Za-z_+-]{2,20}(?:\/[A-Za-z_+-]{2,30}){0,2}))?\] ([\s\S]*)$/;
const place = / in (\/[^\n]{1,1000}?|[A-Za-z]:\\[^\n]{1,1000}?)(?: on line |:)(\d{1,9})/;

/** PHP's error log and PHP-FPM's log. PHP writes its zone's name; FPM writes local time without one. */
export const format = {
  kind: "line",
  name: "app/php-error",
  title: "PHP error log and PHP-FPM log",
  version: 1,
  notes: "By [05-Mar-2024 10:14:02 Zone]. The zone's name is in the record for PHP, missing for FPM.",
  sniff(line) {
    return line.charCodeAt(0) === 91 && pattern.test(line) ? 0.7 : 0;
  },
  open(context) {
    return new PhpParser(context);
  },
} satisfies LineFormat;

class PhpParser implements LineParser {
  readonly #context: ParseContext;
  readonly #readDate: (text: string) => EventTime | undefined;

  constructor(context: ParseContext) {
    this.#context = context;
    this.#readDate = createClfDateReader(context.time);
  }

  continues(_pending: string, line: string): boolean {
    return /^(?:Stack trace:|#\d{1,4} |PHP {3}\d|\s+|thrown in )/.test(line);
  }

  parse(record: string): LineResult {
    const match = pattern.exec(record);
    if (!match) return undefined;
    const time = this.#time(match[1]!, match[2]);
    if (!time) return { reject: "no valid date" };
    const message = match[3]!;
    const fields: Fields = {
      "event.kind": "event",
      "event.category": ["web"],
      "event.type": ["error"],
      message,
    };
    const level =
      /^(?:PHP )?(?:\[pool [^\]]{1,60}\] )?(NOTICE|WARNING|ERROR|ALERT|DEBUG|Notice|Warning|Fatal error|Parse error|Deprecated|Catchable fatal error)\b/.exec(
        message,
      )?.[1];
    if (level !== undefined) {
      fields["log.level"] = level.toLowerCase();
      if (/^(?:notice|warning|debug|deprecated)$/i.test(level)) fields["event.type"] = ["info"];
    }
    const where = place.exec(message.slice(0, 16_384));
    if (where) fields["file.path"] = where[1]!;
    const addresses = findAddresses(message);
    if (addresses.length > 0) fields["related.ip"] = addresses;
    addRelated(fields);
    return { dataset: "app/php-error", time, fields };
  }

  #time(text: string, zone: string | undefined): EventTime | undefined {
    if (zone === undefined || !isKnownZone(zone)) return this.#readDate(text.replaceAll("-", "/"));
    const civil = /^(\d{2})-([A-Z][a-z]{2})-(\d{4}) (\S+)$/.exec(text)!;
    const month = "JanFebMarAprMayJunJulAugSepOctNovDec".indexOf(civil[2]!) / 3 + 1;
    const iso = `${civil[3]}-${String(month).padStart(2, "0")}-${civil[1]} ${civil[4]}`;
    const time = this.#context.time.iso(iso, { zone, source: "in-record" });
    return time && { ...time, original: `${text} ${zone}` };
  }
}
