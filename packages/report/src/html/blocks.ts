import type { Block, Column, Step, Text } from "../blocks.ts";
import type { CitationIndex } from "../citations.ts";
import { htmlText } from "./escape.ts";
import { figureHtml } from "./figure.ts";
import { inlineHtml } from "./inline.ts";

type BlockOf<Kind extends Block["kind"]> = Extract<Block, { kind: Kind }>;

export function blocksHtml(blocks: readonly Block[], index: CitationIndex): string {
  return blocks.map((block) => one(block, index)).join("\n");
}

function one(block: Block, index: CitationIndex): string {
  switch (block.kind) {
    case "heading":
      return `<h3>${htmlText(block.text)}</h3>`;
    case "paragraph":
      return `<p>${inlineHtml(block.text, index)}</p>`;
    case "list":
      return `<ul>${block.items.map((item) => `<li>${inlineHtml(item, index)}</li>`).join("\n")}</ul>`;
    case "facts":
      return factsHtml(block.items, index);
    case "stats":
      return statsHtml(block.items);
    case "steps":
      return `<ol class="steps">${block.items.map((step) => stepHtml(step, index)).join("\n")}</ol>`;
    case "callout":
      return `<div class="callout ${block.tone}"><h3>${htmlText(block.title)}</h3>${blocksHtml(block.blocks, index)}</div>`;
    case "card":
      return cardHtml(block, index);
    case "figure":
      return figureHtml(block.caption, block.lanes);
    case "table":
      return tableHtml(block, index);
  }
}

/** An empty term goes on with the one before. */
function factsHtml(items: BlockOf<"facts">["items"], index: CitationIndex): string {
  const rows = items.map(({ term, text }) => {
    const dt = term === "" ? "" : `<dt>${htmlText(term, 80)}</dt>`;
    return `${dt}<dd>${inlineHtml(text, index)}</dd>`;
  });
  return `<dl class="facts">${rows.join("\n")}</dl>`;
}

function statsHtml(items: BlockOf<"stats">["items"]): string {
  const tiles = items.map(
    ({ label, value }) => `<div><dt>${htmlText(label)}</dt><dd>${htmlText(value)}</dd></div>`,
  );
  return `<dl class="stats">${tiles.join("")}</dl>`;
}

function stepHtml({ isMet, text }: Step, index: CitationIndex): string {
  const [name, shape, word] = isMet ? ["met", "✓", "Seen"] : ["missing", "○", "Not seen"];
  const mark = `<span class="mark ${name}"><span aria-hidden="true">${shape}</span> ${word}</span>`;
  return `<li class="${name}">${mark} <span>${inlineHtml(text, index)}</span></li>`;
}

function cardHtml(
  { id, label, severity, title, meta, blocks }: BlockOf<"card">,
  index: CitationIndex,
): string {
  return `<article class="card ${severity}" id="${id}" aria-labelledby="${id}-title">
<h3 id="${id}-title"><span class="kicker">${htmlText(label)}</span> ${htmlText(title)}</h3>
<p class="meta">${inlineHtml(meta, index)}</p>
${blocksHtml(blocks, index)}
</article>`;
}

/** The first column names its row. The wrapper scrolls on narrow screens and can be reached with the keyboard. */
function tableHtml({ caption, columns, rows, canFilter }: BlockOf<"table">, index: CitationIndex): string {
  const head = columns
    .map((column) => `<th scope="col"${fitClass(column)}>${htmlText(column.title)}</th>`)
    .join("");
  const label = htmlText(caption);
  const filter = canFilter ? " data-filter" : "";
  return `<div class="scroll" tabindex="0" role="group" aria-label="${label}"${filter}>
<table class="columns-${columns.length}"><caption>${label}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.map((cells) => rowHtml(cells, columns, index)).join("\n")}
</tbody></table></div>`;
}

function rowHtml(cells: readonly Text[], columns: readonly Column[], index: CitationIndex): string {
  const html = cells.map((cell, i) => {
    const content = inlineHtml(cell, index);
    const fit = fitClass(columns[i]!);
    return i === 0 ? `<th scope="row"${fit}>${content}</th>` : `<td${fit}>${content}</td>`;
  });
  return `<tr>${html.join("")}</tr>`;
}

function fitClass({ fit }: Column): string {
  return fit === undefined ? "" : ` class="${fit}"`;
}
