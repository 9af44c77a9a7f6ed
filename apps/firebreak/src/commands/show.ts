import { showRecord } from "@firebreak/engine/case/show";
import { inert, print, say } from "../terminal/output.ts";

export async function runShow(dir: string, ref: string, options: { evidence?: string }): Promise<void> {
  const record = await showRecord(dir, ref, options.evidence);
  say(
    `${record.path}, byte ${record.offset}, ${record.length} bytes${record.line === null ? "" : `, line ${record.line}`}`,
  );
  print(`${record.original.split("\n").map(inert).join("\n")}\n`);
}
