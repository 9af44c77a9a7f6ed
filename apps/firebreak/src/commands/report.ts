import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, makeFolder } from "@firebreak/engine/case/inputs";
import { readPicture } from "@firebreak/engine/case/show";
import type { Picture } from "@firebreak/model/picture";
import { renderHtml } from "@firebreak/report/html";
import { renderJson } from "@firebreak/report/json";
import { renderMarkdown } from "@firebreak/report/markdown";
import { say } from "../terminal/output.ts";

const renderers: Record<string, (picture: Picture, casePath: string) => string> = {
  html: (picture, casePath) => renderHtml(picture, { casePath }),
  md: (picture, casePath) => renderMarkdown(picture, { casePath }),
  json: (picture) => renderJson(picture),
};

export function runReport(dir: string, options: { format: string; out: string }): void {
  const formats = options.format.split(",").map((name) => name.trim());
  const unknown = formats.find((format) => !Object.hasOwn(renderers, format));
  if (unknown !== undefined)
    throw new InputError(`--format ${JSON.stringify(unknown)}: one of ${Object.keys(renderers).join(", ")}`);
  const picture = readPicture(dir);
  makeFolder("--out", options.out);
  for (const format of formats) {
    const file = join(options.out, `report.${format}`);
    writeFileSync(file, renderers[format]!(picture, dir));
    say(`wrote ${file}`);
  }
}
