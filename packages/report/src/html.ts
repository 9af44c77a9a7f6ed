import { createHash } from "node:crypto";
import type { Picture } from "@firebreak/model/picture";
import { blocksHtml } from "./html/blocks.ts";
import { htmlText } from "./html/escape.ts";
import { script } from "./html/script.ts";
import { style } from "./html/style.ts";
import { buildReport, type Report, type ReportOptions } from "./report.ts";

/**
 * The report as one HTML page that needs nothing else: no network, no script (a filter is added where scripts run), light
 * and dark, printable. The content security policy admits this page's own style and script by hash and nothing more.
 *
 * @example fs.writeFileSync("report.html", renderHtml(picture, { casePath: "cases/2026-014" }))
 */
export function renderHtml(picture: Picture, options: ReportOptions = {}): string {
  const report = buildReport(picture, options);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${htmlText(report.title, 200)}</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
<header><div><p class="kicker">Firebreak</p><h1>${htmlText(report.title, 200)}</h1><p class="muted">${htmlText(report.subtitle)}</p></div></header>
<div class="page">
${contents(report)}
<main id="main">
${report.sections.map((section) => sectionHtml(section, report)).join("\n")}
</main>
</div>
<footer><p>${htmlText(report.subtitle)}. Statements cite their records; the list at the end says how to read each one again.</p></footer>
<script>${script}</script>
</body>
</html>
`;
}

const policy = [
  "default-src 'none'",
  `style-src '${sourceHash(style)}'`,
  `script-src '${sourceHash(script)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

function sourceHash(source: string): string {
  return `sha256-${createHash("sha256").update(source, "utf8").digest("base64")}`;
}

function contents({ sections }: Report): string {
  const items = sections.map(
    ({ id, title }) => `<li><a href="#${id}">${title.replace("&", "&amp;")}</a></li>`,
  );
  return `<nav aria-label="Contents"><ol>${items.join("")}</ol></nav>`;
}

function sectionHtml({ id, title, blocks }: Report["sections"][number], { index }: Report): string {
  return `<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading">${title.replace("&", "&amp;")}</h2>
${blocksHtml(blocks, index)}
</section>`;
}
