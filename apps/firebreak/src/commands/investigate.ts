import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type InvestigateOptions, investigate } from "@firebreak/engine/case/investigate";
import { caseFiles } from "@firebreak/engine/case/layout";
import { openLedger } from "@firebreak/ledger";
import { renderJson } from "@firebreak/report/json";
import { renderTerminal } from "@firebreak/report/terminal";
import { exitCodes } from "../exit.ts";
import { print, say } from "../terminal/output.ts";
import { createProgress } from "../terminal/progress.ts";
import { toolName } from "../version.ts";
import { type ReadingOptions, referenceMs } from "./shared.ts";

interface Options extends ReadingOptions {
  case: string;
  org?: string;
  alert?: string;
  rules?: string[];
  dialect?: string[];
  threads?: number;
  json?: boolean;
}

export async function runInvestigate(paths: string[], options: Options): Promise<void> {
  const reference = referenceMs(options);
  const settings: InvestigateOptions = {
    paths,
    case: options.case,
    tool: toolName,
    threads: options.threads ?? availableParallelism(),
    now: () => new Date().toISOString(),
    progress: createProgress(Date.now),
    ...(options.org !== undefined && { org: options.org }),
    ...(options.alert !== undefined && { alert: options.alert }),
    ...(options.rules && { rules: options.rules }),
    ...(options.timezone !== undefined && { timezone: options.timezone }),
    ...(options.dialect && { dialects: options.dialect }),
    ...(reference !== undefined && { referenceMs: reference }),
    ...(options.password && { passwords: options.password }),
  };
  stopOnInterrupt(options.case);
  const picture = await investigate(settings);
  if (options.json) print(renderJson(picture));
  else {
    const columns = process.stdout.columns ?? 80;
    const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
    print(renderTerminal(picture, { columns, colour }));
  }
  say(`Report: ${join(options.case, caseFiles.html)}. Check the case with: firebreak verify ${options.case}`);
  process.exitCode = picture.findings.length > 0 ? exitCodes.findings : exitCodes.nothingFound;
}

/** Ctrl-C: the ledger says that the run was stopped; what was recorded before stays. */
function stopOnInterrupt(dir: string): void {
  const stop = (signal: NodeJS.Signals) => {
    try {
      openLedger(dir).append({
        at: new Date().toISOString(),
        actor: toolName,
        action: "investigation.interrupt",
        data: { signal },
      });
    } catch {
      // The lock or the ledger is not ours (yet): nothing of this run is in it.
    }
    say(`\nStopped by ${signal}. Nothing recorded is lost; run the same command again to finish.`);
    process.exit(exitCodes.interrupted);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
}
