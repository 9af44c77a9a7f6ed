import { hasAt, slice, utf16, utf16be } from "../bytes.ts";
import { extensionOf } from "./types.ts";

/** Bytes of a text that are decoded; more is told in a note by the caller. */
export const textBytesMax = 16 * 2 ** 20;

/** The text of bytes that are text: by byte order mark, by zeros in every second place, else UTF-8 or Latin-1. */
export function decodeText(bytes: Uint8Array): string {
  const view = slice(bytes, 0, textBytesMax);
  if (hasAt(view, [0xff, 0xfe])) return utf16(view, 2);
  if (hasAt(view, [0xfe, 0xff])) return utf16be(view.subarray(2));
  if (hasAt(view, [0xef, 0xbb, 0xbf])) return new TextDecoder().decode(view.subarray(3));
  if (looksWide(view)) return utf16(view);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(view);
  } catch {
    return new TextDecoder("windows-1252").decode(view);
  }
}

function looksWide(bytes: Uint8Array): boolean {
  const length = Math.min(bytes.length, 1024) & ~1;
  if (length < 8) return false;
  let zeros = 0;
  for (let i = 1; i < length; i += 2) {
    if (bytes[i] === 0) zeros++;
    if (bytes[i - 1] === 0) return false;
  }
  return zeros > length * 0.45;
}

/** Whether bytes are text: hardly any control characters in the first 64 KiB. */
export function isText(bytes: Uint8Array): boolean {
  if (hasAt(bytes, [0xff, 0xfe]) || hasAt(bytes, [0xfe, 0xff]) || looksWide(bytes))
    return !hasAt(bytes, [0xff, 0xfe, 0, 0]);
  const length = Math.min(bytes.length, 65_536);
  let odd = 0;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i]!;
    if (byte === 0) return false;
    if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd++;
  }
  return odd <= length / 100;
}

/** Extensions whose name alone decides what a text is, since any text may be one. */
const byExtension: Record<string, string> = {
  ps1: "powershell",
  psm1: "powershell",
  psd1: "powershell",
  vbs: "vbscript",
  vbe: "vbscript-encoded",
  js: "jscript",
  mjs: "jscript",
  cjs: "jscript",
  jse: "jscript-encoded",
  bat: "batch",
  cmd: "batch",
  sh: "shell",
  bash: "shell",
  zsh: "shell",
  command: "shell",
  py: "python",
  pyw: "python",
  pl: "perl",
  rb: "ruby",
  bas: "vba-source",
  cls: "vba-source",
  frm: "vba-source",
  vba: "vba-source",
  csv: "csv",
  tsv: "csv",
  slk: "sylk",
  iqy: "iqy",
  inf: "inf",
  scf: "scf",
  hta: "hta",
  wsf: "wsf",
  wsc: "wsf",
  sct: "wsf",
  reg: "reg",
};

type Shape = readonly [id: string, pattern: RegExp];

/** What the beginning of a text looks like. */
const byStart: readonly Shape[] = [
  ["rtf", /^\s*\{\\rt/],
  ["sylk", /^ID;P/],
  ["icalendar", /^BEGIN:VCALENDAR/i],
  ["vcard", /^BEGIN:VCARD/i],
  ["certificate", /^-----BEGIN [A-Z0-9 ]+-----/],
  ["internet-shortcut", /^\s*(?:\[[^\]\n]{1,40}\]\s*(?:[^\n[]{0,300}\n){0,10}\s*)?\[InternetShortcut\]/i],
  ["scf", /^\s*\[Shell\]\s*\r?\n\s*Command=/i],
  ["reg", /^(?:Windows Registry Editor Version|REGEDIT4)/],
  ["inf", /^\s*(?:;[^\n]*\n\s*)*\[Version\]\s*\r?\n[^[]{0,400}Signature\s*=/i],
  ["php", /^\s*<\?(?:php|=)/i],
  ["shell", /^#![^\n]{0,80}\b(?:ba|da|z|k|c|tc|a)?sh\b/],
  ["python", /^#![^\n]{0,80}\bpython/],
  ["perl", /^#![^\n]{0,80}\bperl/],
  ["ruby", /^#![^\n]{0,80}\bruby/],
  ["php", /^#![^\n]{0,80}\bphp/],
  ["powershell", /^#![^\n]{0,80}\bpwsh/],
  ["jscript", /^#![^\n]{0,80}\bnode/],
  ["batch", /^\s*(?:@echo off|@?rem |::|@setlocal|@?setlocal enabledelayed)/i],
  ["vba-source", /^(?:Attribute VB_|VERSION \d)/],
  ["vbscript-encoded", /^#@~\^[A-Za-z0-9+/=]{8}/],
];

const mailHead = /^(?:[!-9;-~]{1,80}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,200}){2,}/;
const mailNames =
  /^(?:from|to|subject|date|received|message-id|mime-version|return-path|delivered-to|content-type|x-[a-z-]+):/gim;

/** The type of a text, by its shape and then by its name. */
export function textType(text: string, name: string): string {
  const head = text.slice(0, 65_536);
  const start = byStart.find(([, pattern]) => pattern.test(head.slice(0, 4096)));
  if (start !== undefined) return start[0];
  const extension = extensionOf(name);
  if (/^\s*</.test(head)) return markupType(head, extension);
  const named = byExtension[extension];
  if (isMail(head))
    return /^content-type:\s*multipart\/related/im.test(head) && /^mht/.test(extension) ? "mht" : "eml";
  if (named !== undefined) return named;
  if (/<html[\s>]|<!doctype html|<script[\s>]/i.test(head.slice(0, 8192)) && /^htm|^hta$|^$/.test(extension))
    return "html";
  if (/^\s*[[{]/.test(head) && isJson(text)) return "json";
  return scriptType(head) ?? "text";
}

function isMail(head: string): boolean {
  const block = mailHead.exec(head.replace(/^(?:\r?\n|>?From [^\n]*\n)*/, "").replaceAll("\r\n", "\n"));
  if (block === null) return false;
  const names = new Set([...block[0].matchAll(mailNames)].map(([name]) => name.toLowerCase()));
  return names.size >= 2 && [...names].some((name) => !name.startsWith("x-"));
}

function markupType(head: string, extension: string): string {
  const start = head.slice(0, 8192);
  if (/<\?mso-application\s+progid="Word\.Document"/i.test(start))
    return /schemas\.microsoft\.com\/office\/2006\/xmlPackage/.test(start) ? "flat-opc" : "word-xml";
  if (/<\?mso-application\s+progid="Excel\.Sheet"/i.test(start)) return "excel-xml";
  if (/schemas\.microsoft\.com\/office\/2006\/xmlPackage/.test(start)) return "flat-opc";
  if (/schemas\.microsoft\.com\/office\/word\/2003\/wordml/.test(start)) return "word-xml";
  if (/<(?:libraryDescription|searchConnectorDescription|PCSettings)\b/i.test(start)) return "library-ms";
  if (/<hta:application/i.test(head) || extension === "hta") return "hta";
  if (
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^>]*-->\s*)?<(?:package|job|component|scriptlet)\b/i.test(start) &&
    /<script|<registration/i.test(head)
  )
    return "wsf";
  if (/^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?(?:<!DOCTYPE svg[^>]*>\s*)?<svg\b/i.test(start))
    return "svg";
  if (/^\s*<\?php/i.test(start)) return "php";
  if (/^\s*<%/.test(start)) return "text";
  if (
    /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,4000}?-->\s*)*<(?:!doctype html|html|head|body|script|meta|div|table|p|br|iframe|a|style|title|img|form|center)\b/i.test(
      start,
    )
  )
    return "html";
  if (/^\s*<\?xml|^\s*<[a-z][\w.:-]*[\s>/]/i.test(start)) return "xml";
  return "text";
}

function isJson(text: string): boolean {
  if (text.length > 4 * 2 ** 20) return /^\s*[[{]\s*["[{\]}]/.test(text);
  try {
    JSON.parse(text);
    return true;
  } catch {
    return /^\s*\{[^\n]{1,100000}\}\s*\n\s*\{/.test(text);
  }
}

/** Words that hardly appear outside of a language; two of one language decide. */
const languageWords: readonly Shape[] = [
  [
    "powershell",
    /\$[a-z_]\w*\s*=|\bNew-Object\b|\bInvoke-\w+|\bGet-\w+\s|\bWrite-Host\b|-(?:eq|ne|like|match)\s|\[(?:System\.)?Convert\]::|\bparam\s*\(|\bIEX\b/gi,
  ],
  [
    "vbscript",
    /\bCreateObject\s*\(|^\s*Dim\s+\w|\bWScript\.|^\s*End (?:Sub|Function|If)\b|^\s*On Error Resume Next|^\s*Set\s+\w+\s*=|\bChrW?\(/gim,
  ],
  [
    "jscript",
    /\bnew ActiveXObject\b|\bfunction\s*\w*\s*\(|\bvar\s+\w+\s*=|\bString\.fromCharCode|\bunescape\(|\beval\(|\b(?:const|let)\s+\w+\s*=|=>\s*\{|\brequire\(|\bWScript\./g,
  ],
  ["batch", /^@?echo\b|^\s*set\s+"?\w+=|%~?[0-9a-z_]+%|^\s*goto\s|^:\w+\s*$|\bif (?:not )?exist\b|>nul\b/gim],
  ["python", /^import\s+\w|^from\s+[\w.]+\s+import\b|^\s*def\s+\w+\s*\(|^\s*class\s+\w+.*:\s*$|__name__/gm],
  ["shell", /\bfi\s*$|\bdone\s*$|\$\(|^\s*if \[|\besac\b|^export \w+=|\becho\s+"\$/gm],
  ["php", /<\?php|\$_(?:POST|GET|REQUEST|SERVER|COOKIE)\b/gi],
];

function scriptType(head: string): string | undefined {
  const sample = head.slice(0, 32_768);
  const lines = Math.max(1, sample.split("\n", 2000).length);
  let best: { id: string; score: number } | undefined;
  for (const [id, pattern] of languageWords) {
    const found = [...sample.matchAll(pattern)].map(([word]) => word.toLowerCase().replace(/\w+=|\d+/g, ""));
    const kinds = new Set(found.map((word) => word.trim().slice(0, 12))).size;
    const score = kinds >= 2 && found.length * 6 >= lines ? kinds + found.length / lines : 0;
    if (score > (best?.score ?? 0)) best = { id, score };
  }
  return best?.id;
}
