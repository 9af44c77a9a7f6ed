import { dumpEvtx } from "@firebreak/engine/hunt/dump";
import { say, writeOutput } from "../terminal/output.ts";

interface Options {
  format: "jsonl" | "xml";
  recover?: true;
}

export function runEvtxDump(files: string[], options: Options): void {
  const { format, recover = false } = options;
  for (const file of files) {
    const { problems } = dumpEvtx(file, { format, recover, write: writeOutput });
    for (const [code, count] of problems) say(`${file}: ${code}${count > 1 ? `, ${count} times` : ""}`);
  }
}
