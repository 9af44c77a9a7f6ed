import { setHostHeader } from "../ecs/url.ts";
import { classify, type JsonProduct, putInteger, textOf } from "../json/product.ts";
import { compileTable } from "../json/table.ts";
import { createClfDateReader } from "../text/clf-date.ts";

const map = compileTable([
  ["address", "source", "ip", "identity.sourceIp", "sourceIp"],
  ["text", "http.request.id", "requestId", "extendedRequestId"],
  ["text", "http.request.method", "httpMethod"],
  ["url", "url", "path", "resourcePath", "routeKey"],
  ["user", "user", "user", "caller"],
  ["integer", "http.response.status_code", "status"],
  ["integer", "http.response.body.bytes", "responseLength"],
  ["text", "user_agent.original", "userAgent"],
  ["text", "error.message", "errorMessage"],
  ["text", "service.name", "apiId"],
]);

/** Amazon API Gateway access logs as JSON, in the fields of AWS's own example ("Set up logging for REST APIs"). The zone is in `requestTime`. */
export const apiGateway: JsonProduct = {
  name: "aws/api-gateway",
  title: "Amazon API Gateway access log (JSON)",
  recognises: (record) =>
    record.requestTime !== undefined &&
    record.requestId !== undefined &&
    (record.resourcePath ?? record.routeKey ?? record.responseLength) !== undefined,
  read(record, draft, context) {
    const { fields } = draft;
    const recorded = textOf(record.requestTime) ?? "";
    draft.time = createClfDateReader(context.time)(recorded);
    classify(fields, "web", "access");
    fields["cloud.provider"] = "aws";
    map(record, fields);
    const domain = textOf(record.domainName);
    if (domain !== undefined) setHostHeader(fields, domain);
    const version = /^HTTP\/(\d(?:\.\d)?)$/.exec(textOf(record.protocol) ?? "");
    if (version !== null) fields["http.version"] = version[1]!;
    putInteger(fields, "source.port", record.port);
    const status = fields["http.response.status_code"];
    if (typeof status === "number") fields["event.outcome"] = status < 400 ? "success" : "failure";
  },
};
