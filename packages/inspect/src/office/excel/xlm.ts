import type { At, Part } from "../../part.ts";

/** Functions by which a macro acts on the machine rather than on the workbook. */
const acting = new Set(
  "EXEC CALL REGISTER REGISTER.ID RUN FOPEN FWRITE FWRITELN FILE.DELETE SAVE.AS EXECUTE INITIATE POKE OPEN SEND.MAIL VBA.INSERT.FILE".split(
    " ",
  ),
);
const starting = new Set(["EXEC", "CALL", "REGISTER", "REGISTER.ID", "EXECUTE"]);
const dynamic = new Set([
  "FORMULA",
  "FORMULA.FILL",
  "FORMULA.ARRAY",
  "EVALUATE",
  "SET.NAME",
  "SET.VALUE",
  "GET.WORKSPACE",
  "GET.CELL",
  "GET.WINDOW",
]);

/** Tells what the functions of a macro sheet's formula can do. */
export function judgeXlmFunctions(
  part: Part,
  functions: readonly string[],
  detail: string,
  at: At = {},
): void {
  const names = functions.map((name) => name.toUpperCase().replace(/^_XLFN\.|^_XLUDF\./, ""));
  for (const name of names) {
    if (starting.has(name)) part.sign("xlm-execution", detail, at);
    else if (dynamic.has(name)) part.sign("xlm-dynamic", detail, at);
    if (acting.has(name) || dynamic.has(name))
      part.features.add(`xlm-${name.toLowerCase().replaceAll(".", "-")}`);
  }
}

/** Names under which Excel runs a macro without being asked. */
const autoNames = /^(?:_xlnm\.)?auto[._]?(open|close|activate|deactivate)/i;

export function judgeDefinedName(part: Part, name: string, detail: string, at: At = {}): void {
  if (!autoNames.test(name.trim())) return;
  part.features.add("xlm-auto-run");
  part.sign("xlm-auto-run", detail === "" ? name : `${name} = ${detail}`, at);
}

export type SheetVisibility = "visible" | "hidden" | "very-hidden";

export interface SheetInfo {
  readonly name: string;
  readonly kind: "worksheet" | "macro-sheet" | "chart" | "vba-module" | "dialog" | "unknown";
  readonly visibility: SheetVisibility;
}

/** Tells macro sheets and hidden sheets. */
export function judgeSheets(part: Part, sheets: readonly SheetInfo[]): void {
  part.details.sheets = sheets;
  for (const { name, kind, visibility } of sheets) {
    if (kind === "macro-sheet") {
      part.features.add("xlm-macros");
      part.sign("xlm-macros", name);
      if (visibility !== "visible") part.sign("xlm-hidden-sheet", `${name} (${visibility})`);
    } else if (visibility === "very-hidden") part.sign("very-hidden-sheet", name);
    else if (visibility === "hidden") part.sign("hidden-sheet", name);
    if (visibility !== "visible") part.features.add(`${visibility}-sheets`);
  }
}
