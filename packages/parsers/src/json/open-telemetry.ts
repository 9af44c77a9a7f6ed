import { isJsonObject, type JsonObject, type JsonValue } from "./parse.ts";

/**
 * The log records of an OpenTelemetry export (OTLP/JSON: resourceLogs → scopeLogs → logRecords), each with its resource
 * beside it; undefined for anything else.
 */
export function openTelemetryRecords(object: JsonObject): readonly JsonObject[] | undefined {
  const resourceLogs = object.resourceLogs;
  if (!Array.isArray(resourceLogs)) return undefined;
  const found: JsonObject[] = [];
  for (const resourceLog of resourceLogs) {
    if (!isJsonObject(resourceLog)) continue;
    const scopes = resourceLog.scopeLogs ?? resourceLog.instrumentationLibraryLogs;
    for (const scope of listOf(scopes)) {
      for (const record of listOf(scope.logRecords)) {
        const made: JsonObject = { ...record, body: bodyText(record.body) };
        if (resourceLog.resource !== undefined) made.resource = resourceLog.resource;
        if (scope.scope !== undefined) made.scope = scope.scope;
        found.push(made);
      }
    }
  }
  return found.length > 0 ? found : undefined;
}

function listOf(value: JsonValue | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function bodyText(body: JsonValue | undefined): JsonValue | undefined {
  return isJsonObject(body) && body.stringValue !== undefined ? body.stringValue : body;
}
