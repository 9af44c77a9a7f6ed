import { statSync } from "node:fs";
import { InputError } from "@firebreak/engine/case/inputs";
import { reasonOf } from "@firebreak/engine/evidence/reason";
import { defaultLimits, type FileReport } from "@firebreak/inspect";
import { exitCodes } from "../exit.ts";
import { InspectPool } from "../inspect/pool.ts";
import { readYaraRules } from "../inspect/yara.ts";
import { fitted } from "../terminal/fitted.ts";
import { inspectText } from "../terminal/inspect-report.ts";
import { inert, print, say } from "../terminal/output.ts";

interface Options {
  password?: string[];
  json?: true;
  yara?: string[];
  timeout: number;
  maxDepth: number;
  maxSize: number;
}

export async function runInspect(paths: string[], options: Options): Promise<void> {
  const bytesMax = options.maxSize * 2 ** 20;
  const pool = new InspectPool(
    {
      passwords: options.password ?? [],
      ...(options.yara && { yaraRules: await readYaraRules(options.yara) }),
      limits: {
        ...defaultLimits,
        timeMs: options.timeout * 1000,
        depth: options.maxDepth,
        partBytes: bytesMax,
        totalBytes: bytesMax * 4,
      },
    },
    bytesMax,
  );
  const reports: FileReport[] = [];
  let unreadable = 0;
  try {
    for (const path of paths) {
      const fault = faultOf(path);
      if (fault !== undefined) {
        unreadable++;
        say(`${path}: ${fault}`);
        continue;
      }
      const report = await pool.inspect(path);
      reports.push(report);
      if (!options.json) print(`${fitted(inert(inspectText(report)))}\n`);
    }
  } finally {
    await pool.close();
  }
  if (options.json && reports.length > 0)
    print(`${JSON.stringify(paths.length === 1 ? reports[0] : reports, null, 2)}\n`);
  const found = reports.some(({ verdict }) => verdict === "malicious" || verdict === "suspicious");
  if (reports.length === 0) throw new InputError("no file could be read. Name the files to examine.");
  process.exitCode = found ? exitCodes.findings : unreadable > 0 ? exitCodes.input : exitCodes.nothingFound;
}

function faultOf(path: string): string | undefined {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) return "is a folder; name the files in it, such as folder/*";
    return stat.isFile() ? undefined : "is no file";
  } catch (error) {
    return reasonOf(error);
  }
}
