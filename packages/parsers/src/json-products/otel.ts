import { readEpoch } from "../infer/time-value.ts";
import { classify, type JsonProduct, putInteger, putText, textOf } from "../json/product.ts";

/** OpenTelemetry log records (OTLP/JSON). Times are nanoseconds since 1970, UTC. */
export const openTelemetry: JsonProduct = {
  name: "generic/open-telemetry",
  title: "OpenTelemetry log record",
  recognises(record) {
    return (record.timeUnixNano ?? record.observedTimeUnixNano) !== undefined;
  },
  read(record, draft, context) {
    const fields = draft.fields;
    const nanos = textOf(record.timeUnixNano) ?? textOf(record.observedTimeUnixNano);
    draft.time = nanos === undefined ? undefined : readEpoch(nanos, context.time);
    putText(fields, "message", record.body);
    putText(fields, "log.level", textOf(record.severityText)?.toLowerCase());
    putText(fields, "trace.id", record.traceId);
    putText(fields, "span.id", record.spanId);
    const host = fields["firebreak.raw.resource.attributes.host.name"];
    const service = fields["firebreak.raw.resource.attributes.service.name"];
    if (typeof host === "string") fields["host.name"] = host;
    if (typeof service === "string") fields["service.name"] = service;
    const address = fields["firebreak.raw.attributes.client.address"];
    if (typeof address === "string") putText(fields, "source.address", address);
    putInteger(fields, "event.severity", record.severityNumber);
    classify(fields, "host", "info");
  },
};
