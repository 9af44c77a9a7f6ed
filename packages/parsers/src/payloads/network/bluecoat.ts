import type { Fields } from "@firebreak/model/event";
import { noFields } from "../../ecs/shape.ts";
import { setUrl } from "../../ecs/url.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";
import { isAbsent } from "../../text/absent.ts";
import { readPairs } from "../../text/pairs.ts";
import { setFilterResult } from "../../web/filter-result.ts";
import { columnWriter } from "../../web/w3c-columns.ts";

const dataset = "proxy/bluecoat";
const start =
  /^(?:SPLV\d[\d.]* )?(?:- )?(?=c-ip=|[\w.()-]{1,60}=\S{0,200} [\s\S]{0,2000}\bcs-method=|cs-bytes=)/;

/** Blue Coat's ELFF columns as pairs, "c-ip=10.1.1.2 cs-method=GET …": the form for Splunk. */
export const payload = {
  name: dataset,
  title: "Blue Coat ProxySG (Symantec Edge SWG) as pairs",
  programs: ["bluecoat", "proxysg"],
  accepts: (message) => message.includes("cs-method=") && start.test(message),
  parse(message): PayloadDraft | undefined {
    const head = start.exec(message);
    if (!head || !message.includes("cs-method=")) return undefined;
    const fields: Fields = {
      ...noFields,
      "observer.vendor": "Broadcom",
      "observer.product": "ProxySG",
      "observer.type": "proxy",
      "event.category": ["web"],
      "event.type": ["access"],
    };
    readPairs(message, head[0].length, (name, value) => {
      if (name === "c-url" || name === "url") fields["url.original"] = value;
      else if (!isAbsent(value)) columnWriter(name, "proxy")(fields, value);
    });
    const result = fields["firebreak.raw.sc-filter-result"];
    if (typeof result === "string") {
      setFilterResult(fields, result);
    }
    const status = fields["http.response.status_code"];
    if (typeof status === "number") fields["event.outcome"] = status < 400 ? "success" : "failure";
    const whole = fields["url.original"];
    if (typeof whole === "string") setUrl(fields, whole);
    return { dataset, fields };
  },
} satisfies SyslogPayload;
