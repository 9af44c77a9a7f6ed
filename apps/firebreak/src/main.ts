import { describeFault, exitCodes } from "./exit.ts";
import { buildProgram } from "./program.ts";
import { ClosedOutputError, flushOutput, say } from "./terminal/output.ts";

try {
  await buildProgram().parseAsync();
  flushOutput();
} catch (error) {
  if (error instanceof ClosedOutputError) process.exitCode = exitCodes.nothingFound;
  else {
    const { code, text } = describeFault(error);
    say(`firebreak: ${text}`);
    process.exitCode = code;
  }
}
