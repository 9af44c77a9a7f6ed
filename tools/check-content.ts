/**
 * Checks what `content/` promises: metadata of every rule, ATT&CK 19 tags, tests at the place where they belong, shape of
 * the mapping of datasets. `npm run script tools/check-content.ts` prints the faults and ends with 1 if there are some.
 */
import { parse, parseAllDocuments } from "yaml";
import { type ContentFile, contentFiles } from "../content/testing/files.ts";

type Values = Readonly<Record<string, unknown>>;

const uuidV4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const levels = ["informational", "low", "medium", "high", "critical"];
const statuses = ["experimental", "test", "stable"];
const facets = ["product", "service", "categories"];
const rowKeys = new Set(["dataset", "when", ...facets]);

interface Attack {
  tactics: { shortname: string }[];
  techniques: { id: string; tactics: string[] }[];
}

/** Faults, one sentence each, beginning with the file; empty when all is well. */
export function checkContent(): string[] {
  const attack = readAttack();
  const tactics = new Set(attack.tactics.map(({ shortname }) => shortname));
  const techniques = new Map(attack.techniques.map(({ id, tactics: of }) => [id.toLowerCase(), of]));
  const tests = new Map(contentFiles("tests").map((file) => [file.path, file]));
  const ids = new Map<string, string>();
  const faults: string[] = [];
  for (const file of [...contentFiles("rules"), ...contentFiles("correlations")]) {
    for (const document of parseAllDocuments(file.text)) {
      const rule = document.toJS() as Values;
      const found = [
        ...metadataFaults(rule),
        ...tagFaults(rule, tactics, techniques),
        ...testFaults(rule, tests.get(testPath(file.path))),
      ];
      const id = String(rule.id);
      if (ids.has(id)) found.push(`its id is also that of ${ids.get(id)}`);
      ids.set(id, file.path);
      faults.push(...found.map((fault) => `${file.path}: ${fault}`));
    }
  }
  return [...faults, ...mappingFaults()];
}

/** "rules/sign-in/auth-failed.yml" is tested by "tests/sign-in/auth-failed.yml", correlations by "tests/correlations/...". */
function testPath(path: string): string {
  return path.startsWith("rules/") ? path.replace(/^rules/, "tests") : `tests/${path}`;
}

function readAttack(): Attack {
  const file = contentFiles("knowledge", ".json").find(({ path }) => path.endsWith("attack-enterprise.json"));
  return JSON.parse(file?.text ?? '{"tactics":[],"techniques":[]}') as Attack;
}

function metadataFaults(rule: Values): string[] {
  const faults: string[] = [];
  const need = (isRight: boolean, fault: string) => {
    if (!isRight) faults.push(fault);
  };
  const title = String(rule.title ?? "");
  need(title.length > 3 && title.length <= 110, "the title must have 4 to 110 characters");
  need(uuidV4.test(String(rule.id)), "the id must be a random UUID (version 4)");
  need(statuses.includes(String(rule.status)), `the status must be one of ${statuses.join(", ")}`);
  need(levels.includes(String(rule.level)), `the level must be one of ${levels.join(", ")}`);
  need(String(rule.description ?? "").length > 20, "the description must say what the event means");
  need(rule.author !== undefined && rule.date !== undefined, "author and date must stand");
  need(Array.isArray(rule.falsepositives) && rule.falsepositives.length > 0, "falsepositives must be a list");
  need(rule.detection !== undefined || rule.correlation !== undefined, "there is no detection");
  return faults;
}

function tagFaults(rule: Values, tactics: Set<string>, techniques: Map<string, string[]>): string[] {
  const tags = (Array.isArray(rule.tags) ? rule.tags : []).map((tag) => String(tag).replace(/^attack\./, ""));
  const named = new Set(tags.filter((tag) => tactics.has(tag)));
  const faults = tags
    .filter((tag) => !tactics.has(tag) && !techniques.has(tag))
    .map((tag) => `${tag} is no tactic or technique of ATT&CK 19`);
  for (const tag of tags) {
    const of = techniques.get(tag);
    if (of !== undefined && !of.some((tactic) => named.has(tactic)))
      faults.push(`${tag} needs one of its tactics: ${of.join(", ")}`);
  }
  return faults;
}

function testFaults(rule: Values, file: ContentFile | undefined): string[] {
  if (file === undefined) return ["it has no test"];
  const test = parse(file.text) as Values;
  const faults: string[] = [];
  if ((test.rule ?? test.correlation) !== rule.id) faults.push(`${file.path} tests another id`);
  for (const part of ["match", "benign"]) {
    const cases = test[part];
    if (!Array.isArray(cases) || cases.length === 0) faults.push(`${file.path} has no case under "${part}"`);
  }
  return faults;
}

function mappingFaults(): string[] {
  const file = contentFiles("mappings").find(({ path }) => path.endsWith("/datasets.yml"));
  const rows = (parse(file?.text ?? "") as Values | null)?.datasets;
  if (!Array.isArray(rows)) return ['mappings/datasets.yml: "datasets" must be a list'];
  return rows.flatMap((row: Values, index) => {
    const place = `mappings/datasets.yml: row ${index + 1}`;
    const unknown = Object.keys(row).filter((key) => !rowKeys.has(key));
    const faults = unknown.map((key) => `${place}: ${key} means nothing`);
    if (row.dataset === undefined) faults.push(`${place}: names no dataset`);
    if (!facets.some((facet) => row[facet] !== undefined)) faults.push(`${place}: gives no facet`);
    return faults;
  });
}

if (import.meta.main) {
  const faults = checkContent();
  for (const fault of faults) console.error(fault);
  process.exit(faults.length === 0 ? 0 : 1);
}
