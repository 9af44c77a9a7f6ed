/** The page's whole style. Colours are pairs for light and dark with at least 4.5:1 contrast for text. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fdfdfc, #14171a);
  --card: light-dark(#ffffff, #1b1f23);
  --ink: light-dark(#1c2126, #e6e8ea);
  --soft: light-dark(#56606b, #a3adb8);
  --line: light-dark(#dfe3e6, #333a41);
  --tint: light-dark(#f3f5f6, #22272c);
  --link: light-dark(#1b5387, #8fc1ee);
  --critical: light-dark(#9b1c31, #ff8c9c);
  --high: light-dark(#b04a0b, #f4a36b);
  --medium: light-dark(#7d6200, #e3c45c);
  --low: light-dark(#2d6a4f, #7fceab);
  --informational: light-dark(#56606b, #a3adb8);
  --sans: ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
  --serif: Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, "Liberation Serif", serif;
  --mono: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1.5rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
a { color: var(--link); text-underline-offset: 0.15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: 1rem; top: -4rem; background: var(--card); padding: 0.5rem 1rem; z-index: 1; }
.skip:focus { top: 1rem; }
header { border-bottom: 1px solid var(--line); background: var(--card); }
header > div { max-width: 82rem; margin: 0 auto; padding: 3rem 2rem 2rem; }
.kicker { margin: 0 0 0.5rem; font-size: 0.8125rem; letter-spacing: 0.14em; text-transform: uppercase; color: var(--soft); }
h1, h2, h3 { font-family: var(--serif); line-height: 1.2; text-wrap: balance; margin: 0; }
h1 { font-size: clamp(1.9rem, 4vw, 2.75rem); font-weight: 600; letter-spacing: -0.01em; }
h1 + p { margin: 0.75rem 0 0; }
h2 { font-size: 1.65rem; font-weight: 600; padding-bottom: 0.6rem; border-bottom: 1px solid var(--line); margin-bottom: 1.5rem; }
h3 { font-size: 1.15rem; font-weight: 600; margin: 2rem 0 0.6rem; }
.page { max-width: 82rem; margin: 0 auto; padding: 0 2rem; display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 4rem; }
nav { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 2.75rem 0 2rem; font-size: 0.875rem; }
nav ol { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: 0.3rem 0; color: var(--soft); text-decoration: none; line-height: 1.35; }
nav a:hover { color: var(--ink); text-decoration: underline; }
main { padding: 2.5rem 0 4rem; min-width: 0; }
section { margin-bottom: 4rem; }
p, ul, ol { margin: 0 0 1rem; }
p, li, dd { max-width: 46rem; }
ul { padding-left: 1.25rem; }
li { margin-bottom: 0.35rem; }
li::marker { color: var(--soft); }
code { font: 0.875em/1.5 var(--mono); }
.command { background: var(--tint); padding: 0.1em 0.4em; border-radius: 3px; }
.muted { color: var(--soft); font-size: 0.875rem; }
.cite { font-size: 0.8125rem; color: var(--soft); }
.cite a, tbody a { text-decoration: none; white-space: nowrap; }
.cite a:hover, tbody a:hover { text-decoration: underline; }
time { white-space: nowrap; }
.mark { font-weight: 600; font-size: 0.875rem; white-space: nowrap; }
.critical, .confirmed { --tone: var(--critical); }
.high, .suspected { --tone: var(--high); }
.callout.suspected { --tone: var(--soft); }
.callout.weak { --tone: var(--line); }
.medium { --tone: var(--medium); }
.low, .cleared, .met { --tone: var(--low); }
.sure { --tone: var(--ink); }
.informational, .context, .not-examined, .missing, .other { --tone: var(--informational); }
.note { --tone: var(--link); }
.mark { color: var(--tone); }
.confidence { white-space: nowrap; font-size: 0.875rem; color: var(--soft); }
.meter { vertical-align: 0.1em; fill: var(--soft); }
.meter .rail { fill: var(--line); }
.callout { border: 1px solid var(--line); border-left: 4px solid var(--tone); background: var(--card); border-radius: 4px; padding: 1.1rem 1.5rem 0.5rem; margin-bottom: 1.25rem; }
.callout h3 { margin: 0 0 0.6rem; }
.callout.note li { font-size: 1.0625rem; }
.stats { display: flex; flex-wrap: wrap; gap: 1px; background: var(--line); border: 1px solid var(--line); border-radius: 4px; overflow: hidden; margin: 1.75rem 0; }
.stats div { flex: 1 1 7rem;  background: var(--card); padding: 1rem 1.1rem; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
.stats dd { margin: 0; font: 600 1.5rem/1.2 var(--serif); font-variant-numeric: lining-nums tabular-nums; white-space: nowrap; }
.stats dt { color: var(--soft); font-size: 0.8125rem; }
.facts { display: grid; grid-template-columns: minmax(6rem, 9rem) minmax(0, 1fr); gap: 0.4rem 1.25rem; margin: 0 0 1.25rem; }
.facts dt { color: var(--soft); font-size: 0.875rem; grid-column: 1; padding-top: 0.1rem; }
.facts dd { margin: 0; grid-column: 2; }
.card { border: 1px solid var(--line); border-top: 4px solid var(--tone); background: var(--card); border-radius: 4px; padding: 1.4rem 1.6rem 0.6rem; margin-bottom: 1.75rem; }
.card h3 { margin: 0 0 0.4rem; font-size: 1.3rem; }
.card .kicker { display: block; font: 0.75rem/1.4 var(--sans); }
.meta { color: var(--soft); font-size: 0.875rem; }
.meta code { display: inline-block; max-width: 100%; }
.steps { list-style: none; padding: 0; margin: 0 0 1.25rem; }
.steps li { display: grid; grid-template-columns: 6.25rem minmax(0, 1fr); gap: 0.75rem; padding: 0.4rem 0; border-top: 1px solid var(--line); margin: 0; }
.steps .missing { color: var(--soft); }
.scroll { overflow-x: auto; margin: 0 0 1.75rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; line-height: 1.5; }
caption { text-align: left; color: var(--soft); font-size: 0.875rem; padding: 0 0 0.5rem; caption-side: top; }
th, td { text-align: left; vertical-align: top; padding: 0.6rem 1rem 0.6rem 0; border-bottom: 1px solid var(--line); min-width: 7rem; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-weight: 600; color: var(--soft); border-bottom: 2px solid var(--line); vertical-align: bottom; overflow-wrap: normal; }
tbody th { font-weight: inherit; }
.number { text-align: right; min-width: 0; overflow-wrap: normal; white-space: nowrap; }
.wide { width: 38%; min-width: 14rem; }
.columns-4 .wide { width: 44%; }
.time, .short { white-space: nowrap; min-width: 0; }
tr:target, tr:has(:target) { background: var(--tint); box-shadow: inset 3px 0 var(--link); }
.filter { display: block; margin-bottom: 0.75rem; font-size: 0.875rem; color: var(--soft); }
.filter input { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--soft); border-radius: 4px; padding: 0.3rem 0.6rem; width: min(20rem, 70%); }
figure { margin: 0 0 2rem; }
figure .scroll { margin-bottom: 0.5rem; }
.overview { display: block; width: 100%; min-width: 44rem; height: auto; font: 13px var(--sans); fill: var(--ink); }
.overview .tick { fill: var(--soft); font-size: 11px; text-anchor: middle; }
.overview .grid, .overview .rail, .overview .axis { stroke: var(--line); }
.overview .axis { stroke: var(--soft); }
.overview .grid { stroke-dasharray: 2 3; }
.overview tspan, .overview circle, .overview .span { fill: var(--tone); }
.overview .span { fill-opacity: 0.25; }
figcaption { color: var(--soft); font-size: 0.875rem; }
footer { border-top: 1px solid var(--line); color: var(--soft); font-size: 0.875rem; }
footer p { max-width: 82rem; margin: 0 auto; padding: 1.5rem 2rem 3rem; }
@media (max-width: 64rem) {
  .page { display: block; padding: 0 1.25rem; }
  header > div { padding: 2rem 1.25rem 1.5rem; }
  footer p { padding: 1.5rem 1.25rem; }
  nav { position: static; max-height: none; padding: 1.5rem 0 0; }
  nav ol { columns: 15rem; column-gap: 2rem; }
}
@media (max-width: 40rem) {
  .facts { display: block; }
  .facts dt { margin-top: 0.75rem; }
  .card, .callout { padding-left: 1rem; padding-right: 1rem; }
  .steps li { grid-template-columns: minmax(0, 1fr); gap: 0.1rem; }
  .columns-4, .columns-5, .columns-6 { min-width: 42rem; }
}
@media print {
  @page { size: A4; margin: 18mm 16mm 20mm; @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
  :root { color-scheme: light; font-size: 9.5pt; }
  body { line-height: 1.45; background: none; }
  .page { display: block; padding: 0; max-width: none; }
  header > div, footer p { padding-left: 0; padding-right: 0; }
  header > div { padding-top: 0; }
  nav, .skip, .filter { display: none; }
  a { color: inherit; text-decoration: none; }
  section { margin-bottom: 2.5rem; }
  #records { break-before: page; }
  h2, h3, caption, thead, .meta { break-after: avoid; }
  tr, li, .stats, .callout, .card, figure { break-inside: avoid; }
  thead { display: table-header-group; }
  .scroll { overflow: visible; }
  table { font-size: 0.875rem; }
  .columns-4, .columns-5, .columns-6, .overview { min-width: 0; }
  th, td { padding: 0.35rem 0.7rem 0.35rem 0; min-width: 5.5rem; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
