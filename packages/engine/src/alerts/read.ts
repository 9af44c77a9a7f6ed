import { createHash } from "node:crypto";
import type { TimeSettings } from "@firebreak/parsers/time/reader";
import { type Alert, AlertError } from "./alert.ts";
import { readDeviceAction } from "./device-action.ts";
import { type AlertFields, firstOf, pick } from "./fields.ts";
import { flatten } from "./flatten.ts";
import { readKind } from "./kind.ts";
import { readObservables } from "./observables.ts";
import { type ProductShape, shapeOf } from "./products.ts";
import { readRecords } from "./records.ts";
import { readSeverity } from "./severity.ts";
import { readAlertTime } from "./time.ts";

/** Reads the first alert of a file: JSON, CSV, YAML, "Name: value" lines, or a product's export. */
export function readAlert(text: string, file: string, time: TimeSettings): Alert {
  const [first] = readAlerts(text, file, time);
  if (!first)
    throw new AlertError(`--alert ${file}: no fields found; give JSON, YAML, CSV or lines "Name: value"`);
  return first;
}

/**
 * Reads every alert of a file. A record without any field is left out; a file without alerts gives none.
 * Throws `AlertError` for more alerts than a queue takes.
 */
export function readAlerts(text: string, file: string, time: TimeSettings): Alert[] {
  return readRecords(text, file).flatMap((record) => {
    const { fields, truncated } = flatten(record);
    if (Object.keys(fields).length === 0) return [];
    if (truncated) fields["firebreak.truncated"] = "true";
    return [toAlert(fields, file, time)];
  });
}

function toAlert(fields: AlertFields, source: string, settings: TimeSettings): Alert {
  const shape = shapeOf(fields);
  const observables = readObservables(fields);
  const title = titleOf(fields, shape) ?? source;
  const externalId = (shape && firstOf(fields, shape.id)) ?? pick(fields, /^(event|alert|incident) ?id$/);
  const when = readAlertTime(fields, shape, settings);
  return {
    source,
    product: shape?.product ?? "generic",
    ...(externalId !== undefined && { externalId }),
    fields: { ...fields },
    observables,
    deviceAction: readDeviceAction(fields, shape),
    title,
    severity: readSeverity(fields, shape),
    kind: readKind(fields, title, observables),
    techniques: techniquesIn(fields),
    ...(when && { time: when }),
  };
}

function titleOf(fields: AlertFields, shape: ProductShape | undefined): string | undefined {
  return (
    (shape && firstOf(fields, shape.title)) ??
    pick(fields, /^(rule|title|alert|signature)( name| title)?$|^alert signature$/) ??
    pick(
      fields,
      /(^| )(rule|title|alert|signature|detect|detection|threat|offense|event|incident|behaviou?rs?) ?(display )?(name|title)$/,
    ) ??
    pick(fields, /(^| )(rule|title|alert|signature|summary|(detect |detection )?description)$/) ??
    pick(fields, /^name$/)
  );
}

function techniquesIn(fields: AlertFields): string[] {
  const found = Object.entries(fields)
    .filter(([name]) => /mitre|technique|threat/i.test(name))
    .flatMap(([, value]) => value.match(/\bT\d{4}(?:\.\d{3})?\b/g) ?? []);
  return [...new Set(found)].sort();
}

/** Id of an alert from what it says, not from the file that it came in: the same alert has the same id everywhere. */
export function alertId(alert: Alert): string {
  const parts = [
    alert.product,
    alert.title,
    alert.externalId ?? "",
    alert.time?.iso ?? "",
    ...alert.observables.map(({ type, value }) => `${type}=${value.toLowerCase()}`).sort(),
  ];
  return `A-${createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 10)}`;
}
