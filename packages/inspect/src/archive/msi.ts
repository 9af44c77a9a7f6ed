/** Windows Installer packages: a compound file whose streams hold cabinets, programs and scripts. */
import { type CfbEntry, openCfb } from "../cfb.ts";
import { binaryType } from "../identify/magic.ts";
import { storageOf } from "../office/storage.ts";
import { describeSummary } from "../office/summary.ts";
import type { Part } from "../part.ts";

const carried = /^(?:pe-|cab|zip|7z|rar|msi|ole|word|excel|pdf|dos-exe)/;
const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._";
const streamsMax = 1000;

export async function examineMsi(part: Part): Promise<void> {
  const cfb = openCfb(part.bytes);
  describeSummary(part, storageOf(cfb));
  const streams = cfb.entries.filter(({ kind }) => kind === "stream");
  part.details.streams = streams.slice(0, 500).map((entry) => ({ path: plainName(entry), size: entry.size }));
  for (const entry of streams.slice(0, streamsMax)) {
    part.run.budget.check();
    const content = cfb.read(entry);
    const type = content.length < 64 ? undefined : binaryType(content);
    const isScript = /^Binary\./.test(plainName(entry)) && type === undefined;
    if ((type !== undefined && carried.test(type)) || isScript)
      await part.child(plainName(entry), content, { kind: "embedded" });
  }
  if (streams.length > streamsMax)
    part.note("streams-limit", `more than ${streamsMax} streams; the rest is not examined`, true);
  for (const fault of cfb.faults.slice(0, 5))
    part.note("damaged", `the compound file is damaged: ${fault}`, true);
}

/** Names are packed: two characters of an alphabet of 64 in one from U+3800 on; U+4840 marks a table. */
function plainName({ name }: CfbEntry): string {
  return [...name]
    .map((char) => {
      const code = char.charCodeAt(0);
      if (code === 0x4840) return "!";
      if (code >= 0x3800 && code < 0x4800)
        return alphabet[(code - 0x3800) & 63]! + alphabet[(code - 0x3800) >> 6]!;
      return code >= 0x4800 && code < 0x4840 ? alphabet[code - 0x4800]! : char;
    })
    .join("");
}
