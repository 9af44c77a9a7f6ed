import { type FileReport, type InspectOptions, inspectBytes } from "../src/index.ts";

/** Examines bytes with a clock that does not stand in the way. */
export function inspect(
  bytes: Uint8Array | string,
  name = "sample",
  options: Partial<InspectOptions> = {},
): Promise<FileReport> {
  const content = typeof bytes === "string" ? new Uint8Array(Buffer.from(bytes)) : bytes;
  return inspectBytes(content, { name, now: () => performance.now(), ...options });
}

/** Ids of the reasons, sorted. */
export function idsOf(report: FileReport): string[] {
  return [...new Set(report.reasons.map(({ what }) => what))].sort();
}
