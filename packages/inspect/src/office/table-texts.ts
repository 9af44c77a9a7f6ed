/** Tables as text that Excel opens: SYLK and separated values. */
import type { Part } from "../part.ts";
import { judgeCell } from "./dde.ts";
import { judgeDefinedName, judgeXlmFunctions } from "./excel/xlm.ts";

const linesMax = 200_000;

/**
 * SYLK: a record a line, fields by semicolons. `O;E` makes the file a macro sheet, `NN` names a cell, `E` in a `C` record is
 * an expression.
 */
export async function examineSylk(part: Part, text: string): Promise<void> {
  const formulas: string[] = [];
  const lines = text.split(/\r\n|\r|\n/, linesMax);
  // ";;" is a semicolon in a text.
  const records = lines.map((line) =>
    line
      .replaceAll(";;", "\u0001")
      .split(";")
      .map((field) => field.replaceAll("\u0001", ";")),
  );
  const isMacroSheet = records.some(
    ([type, ...fields]) => type === "O" && fields.some((field) => field === "E"),
  );
  records.forEach(([type, ...fields], i) => {
    const line = i + 1;
    const field = (letter: string) => fields.find((item) => item.startsWith(letter))?.slice(letter.length);
    if (type === "NN") judgeDefinedName(part, field("N") ?? "", field("E") ?? "", { line });
    const formula = type === "C" || type === "F" ? field("E") : undefined;
    if (formula === undefined) return;
    const place = `R${field("Y") ?? "?"}C${field("X") ?? "?"}`;
    formulas.push(`${place}: =${formula}`);
    judgeCell(part, `=${formula}`, { line });
    const functions = [...formula.replace(/"[^"]*"/g, '""').matchAll(/([A-Z][A-Z0-9.]*)\s*\(/gi)].map(
      ([, name]) => name!,
    );
    if (isMacroSheet || functions.some((name) => /^(?:EXEC|CALL|REGISTER|HALT)$/i.test(name)))
      judgeXlmFunctions(part, functions, `${place}: =${formula}`, { line });
  });
  const isMacro = isMacroSheet || part.hasSign("xlm-execution") || part.hasSign("xlm-auto-run");
  if (!isMacro) return;
  part.features.add("xlm-macros");
  part.sign("xlm-macros", "the SYLK file itself");
  if (formulas.length === 0) return;
  const source = formulas.join("\n");
  await part.child("XLM/SYLK", new Uint8Array(Buffer.from(source)), {
    kind: "sheet",
    typeId: "text",
    source,
  });
}

/** A cell that begins like a formula is one to Excel, whatever the file was meant for. */
export function examineSeparated(part: Part, text: string): void {
  const lines = text.split(/\r\n|\r|\n/, linesMax);
  lines.forEach((line, i) => {
    if (i % 4096 === 0) part.run.budget.check();
    if (!line.includes("|") || !line.includes("!")) return;
    for (const cell of line.split(/[,;\t](?=\s*["']?[=+\-@])/))
      judgeCell(part, cell.replace(/^\s*"|"\s*$/g, "").replaceAll('""', '"'), { line: i + 1 });
  });
}
