import { existsSync } from "node:fs";
import { CaseError } from "@firebreak/engine/case/case-error";
import { inCase } from "@firebreak/engine/case/layout";
import { readManifest } from "@firebreak/engine/case/show";
import { openCaseStore } from "@firebreak/engine/clock/case-store";
import { rehunt } from "@firebreak/engine/detect/rehunt";
import { formatDetection } from "@firebreak/engine/hunt/detection";
import { defaultCacheDir, loadCachedRules } from "@firebreak/engine/hunt/rule-cache";
import { exitCodes } from "../exit.ts";
import { inert, print, say } from "../terminal/output.ts";

/** `rehunt CASE`: the JSON lines of `hunt`; an event is named as the case cites it. */
export async function runRehunt(dir: string, options: { rules: string[] }): Promise<void> {
  const paths = new Map(readManifest(dir).map(({ sha256, path }) => [sha256.slice(0, 12), path]));
  if (!existsSync(inCase(dir, "store"))) {
    throw new CaseError(`${dir}: no event store here. Run 'firebreak investigate' with this case first.`);
  }
  const { ruleSet } = await loadCachedRules(options.rules, defaultCacheDir());
  const store = await openCaseStore(dir);
  try {
    const summary = await rehunt({
      store,
      ruleSet,
      pathOf: (evidenceId) => paths.get(evidenceId),
      write: (detection) => print(formatDetection(detection, "jsonl")),
    });
    const { detections, asked, incomplete, withoutQuery } = summary;
    say(
      `${detections} detections; ${asked} of ${ruleSet.rules.length} rules are for events that this case holds`,
    );
    sayRules(
      incomplete,
      "search text that the store leaves out; 'firebreak hunt' over the evidence judges them",
    );
    sayRules(withoutQuery, "were matched without a query");
    process.exitCode = detections > 0 ? exitCodes.findings : exitCodes.nothingFound;
  } finally {
    store.close();
  }
}

function sayRules(titles: readonly string[], what: string): void {
  if (titles.length === 0) return;
  const shown = titles.slice(0, 5).map((title) => JSON.stringify(inert(title)));
  say(`${titles.length} rules ${what}: ${shown.join(", ")}${titles.length > shown.length ? " ..." : ""}`);
}
