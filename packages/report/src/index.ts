export { renderHtml } from "./html.ts";
export { renderJson } from "./json.ts";
export { renderMarkdown } from "./markdown.ts";
export type { ReportOptions } from "./report.ts";
export { renderTerminal, type TerminalOptions } from "./terminal.ts";
