import { existsSync, readFileSync } from "node:fs";
import type { Picture } from "@firebreak/model/picture";
import type { Alert } from "../alerts/alert.ts";
import { settingsFrom } from "../case/inputs.ts";
import { inCase } from "../case/layout.ts";
import { readPicture } from "../case/show.ts";
import { openCaseStore } from "../clock/case-store.ts";
import { createCite } from "../findings/rows.ts";
import { loadAttack } from "../knowledge.ts";
import { openGeography } from "../organisation/geography.ts";
import { InternalNetworks } from "../organisation/networks.ts";
import { readClock } from "./clock.ts";
import type { TriageContext, TriageScene } from "./context.ts";
import { type FileFacts, type IntelFacts, noIntel } from "./outside.ts";
import { readSources } from "./records/coverage.ts";
import { pivotAll, rowsOf } from "./records/pivot.ts";
import { readSubject } from "./subject.ts";

/** An investigated case, opened for questions about one alert after the other. */
export interface OpenCase {
  readonly dir: string;
  readonly scene: TriageScene;
  readonly picture: Picture;
  close(): void;
}

/** Opens the store, the picture and the organisation profile that a case keeps. Throws `CaseError` where there is none. */
export async function openCase(dir: string): Promise<OpenCase> {
  const picture = readPicture(dir);
  const file = inCase(dir, "organisation");
  const { profile } = settingsFrom(
    existsSync(file) ? { org: { name: file, text: readFileSync(file, "utf8") } } : {},
  );
  const store = await openCaseStore(dir);
  return {
    dir,
    picture,
    scene: {
      store,
      receipts: picture.evidence,
      cite: createCite(picture.evidence),
      profile,
      networks: new InternalNetworks(profile),
      geography: openGeography(),
      attack: loadAttack(),
    },
    close: () => store.close(),
  };
}

/** Everything that the questions about one alert are answered from. */
export async function contextOf(
  { scene, picture }: OpenCase,
  alert: Alert,
  outside: { intel?: IntelFacts; file?: FileFacts; maxRows?: number } = {},
): Promise<TriageContext> {
  const pivots = await pivotAll(scene, alert.observables, outside.maxRows);
  return {
    scene,
    picture,
    alert,
    pivots,
    clock: readClock(scene, alert, rowsOf(pivots)),
    subject: await readSubject(scene, alert),
    coverage: await readSources(scene),
    intel: outside.intel ?? noIntel,
    file: outside.file,
    answers: new Map(),
    ...(outside.maxRows !== undefined && { maxRows: outside.maxRows }),
  };
}
