import { verifyCase } from "@firebreak/engine/case/verify";
import { exitCodes } from "../exit.ts";
import { inert, print } from "../terminal/output.ts";

export async function runVerify(dir: string, options: { evidence?: string; head?: string }): Promise<void> {
  const checks = await verifyCase(dir, {
    ...(options.evidence !== undefined && { evidenceDir: options.evidence }),
    ...(options.head !== undefined && { head: options.head }),
  });
  for (const { name, ok, detail, problems } of checks) {
    print(`${ok ? "ok    " : "FAILED"}  ${name}: ${inert(detail)}\n`);
    for (const problem of problems) print(`          ${inert(problem)}\n`);
  }
  const failed = checks.filter(({ ok }) => !ok).length;
  print(
    failed === 0
      ? "Everything that the case claims was recomputed and holds.\n"
      : `${failed} of ${checks.length} checks failed.\n`,
  );
  process.exitCode = failed === 0 ? exitCodes.nothingFound : exitCodes.verification;
}
