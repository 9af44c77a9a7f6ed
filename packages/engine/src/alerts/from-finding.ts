import type { Finding } from "@firebreak/model/picture";
import type { Alert, AlertKind, AlertObservable, ObservableRole } from "./alert.ts";
import { readKind } from "./kind.ts";

/** Techniques that tell what a finding of ours is about; the first that fits counts. */
const kindsByTechnique: readonly (readonly [RegExp, AlertKind])[] = [
  [/^T1110|^T1078/, "brute-force"],
  [/^T1566|^T1598/, "phishing"],
  [/^T1190|^T1505|^T1595/, "web-attack"],
  [/^T1041|^T1048|^T1567|^T1020/, "exfiltration"],
  [/^T1071|^T1568|^T1572|^T1090/, "threat-intelligence"],
  [/^T1059|^T1204|^T1105|^T1003|^T1486|^T1547|^T1053|^T1543|^T1055|^T1218/, "malware"],
];

/** A finding of our own as an alert for the queue: it is triaged like a product's. */
export function alertOfFinding(finding: Finding): Alert {
  const observables = finding.entities.slice(0, 50).map(
    ({ type, value, role }): AlertObservable => ({
      type,
      value,
      field: `finding ${finding.id}, ${role}`,
      role: roleOf(role),
    }),
  );
  const technique = kindsByTechnique.find(([pattern]) =>
    finding.techniques.some(({ id }) => pattern.test(id)),
  );
  const fields = { finding: finding.id, rule: finding.title, description: finding.statement.slice(0, 4000) };
  return {
    source: `finding ${finding.id}`,
    product: "firebreak",
    externalId: finding.id,
    fields,
    observables,
    // Our own detections watch; they stop nothing.
    deviceAction: "detected",
    title: finding.title,
    severity: finding.severity,
    kind: technique?.[1] ?? readKind(fields, finding.title, observables),
    techniques: finding.techniques.map(({ id }) => id),
    ...(finding.start !== null && {
      time: {
        ms: Date.parse(finding.start),
        iso: finding.start,
        original: finding.start,
        zone: "UTC",
        zoneSource: "in-record",
        precisionSeconds: 1,
      },
    }),
  };
}

function roleOf(role: string): ObservableRole {
  if (role === "source" || role === "destination" || role === "mentioned") return role;
  return role === "name" ? "destination" : "subject";
}
