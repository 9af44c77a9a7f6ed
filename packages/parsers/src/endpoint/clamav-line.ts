import type { Fields } from "@firebreak/model/event";
import { setFile, setHash } from "../ecs/parts.ts";

const found =
  /^(?:instream\(([^)]{1,80})\)|(.{1,4000}?)): (\S{1,200}?)(?:\(([0-9a-f]{32,64}):(\d{1,15})\))? FOUND\s*$/;

/** A finding of ClamAV: "/srv/a.zip: Win.Test.EICAR_HDB-1(hash:size) FOUND"; undefined for other lines. */
export function readClamav(text: string): Fields | undefined {
  if (!text.trimEnd().endsWith(" FOUND")) return undefined;
  const match = found.exec(text);
  if (!match) return undefined;
  const fields: Fields = {
    "event.kind": "alert",
    "event.category": ["malware"],
    "event.type": ["info"],
    "event.action": "detected",
    "rule.name": match[3]!,
    message: text.trimEnd(),
  };
  if (match[2] !== undefined) setFile(fields, "file", match[2]);
  if (match[4] !== undefined) setHash(fields, "file.hash", match[4]);
  if (match[5] !== undefined) fields["file.size"] = Number(match[5]);
  return fields;
}
