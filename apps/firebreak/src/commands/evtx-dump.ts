import { requireFile } from "@firebreak/engine/case/input";
import { dumpEvtx } from "@firebreak/engine/hunt/dump";
import { exitCodes } from "../exit.ts";
import { say, writeOutput } from "../terminal/output.ts";

interface Options {
  format: "jsonl" | "xml";
  recover?: true;
}

export function runEvtxDump(files: string[], options: Options): void {
  const { format, recover = false } = options;
  for (const file of files) {
    requireFile(file);
    const { records, problems } = dumpEvtx(file, { format, recover, write: writeOutput });
    if (records === 0 && problems.has("not-evtx")) {
      say(`${file}: no Windows event log; 'firebreak formats --explain ${file}' shows how it is recognised`);
      process.exitCode = exitCodes.input;
      continue;
    }
    for (const [code, count] of problems) say(`${file}: ${code}${count > 1 ? `, ${count} times` : ""}`);
  }
}
