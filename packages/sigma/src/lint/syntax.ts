import { type DocumentLocation, problem } from "../load/document.ts";
import { quote, texts } from "../load/metadata.ts";
import { isMap, type Values } from "../load/values.ts";
import type { Diagnostic } from "../types.ts";

type Keys = readonly (string | number)[];

/** What the document's text says in a form that Sigma 2 has left behind, or needlessly. */
export function lintSyntax(
  value: Values,
  location: DocumentLocation,
  techniqueAliases: Readonly<Record<string, string>>,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  const say = (severity: Diagnostic["severity"], code: string, message: string, keys: Keys, next?: string) =>
    found.push(problem(location, severity, code, message, keys, next));

  for (const key of ["date", "modified"]) {
    if (/^\d{4}\/\d{1,2}\/\d{1,2}$/.test(String(value[key] ?? ""))) {
      say(
        "info",
        "deprecated-date",
        `${quote(value[key])} is a Sigma 1 date.`,
        [key],
        "Write it as YYYY-MM-DD.",
      );
    }
  }
  texts(value.tags).forEach((tag, at) => {
    const id = /^attack\.(t\d{4}(?:\.\d{3})?)$/i.exec(tag)?.[1]?.toUpperCase();
    if (id !== undefined && Object.hasOwn(techniqueAliases, id)) {
      const next = `Write attack.${techniqueAliases[id]!.toLowerCase()}.`;
      say(
        "warning",
        "old-technique",
        `ATT&CK has replaced ${id} by ${techniqueAliases[id]}.`,
        ["tags", at],
        next,
      );
    } else if (/^attack\.[a-z]+_[a-z_]+$/i.test(tag)) {
      const next = `Write ${tag.replaceAll("_", "-")}.`;
      say("info", "deprecated-tag", `${quote(tag)} is written with underscores.`, ["tags", at], next);
    }
  });
  const detection = value.detection;
  if (isMap(detection)) {
    if (detection.timeframe !== undefined) {
      const next = "Write a correlation rule with a timespan.";
      say(
        "warning",
        "deprecated-timeframe",
        '"timeframe" means nothing in Sigma 2.',
        ["detection", "timeframe"],
        next,
      );
    }
    for (const [name, selection] of Object.entries(detection))
      lintSelection(selection, ["detection", name], say);
  }
  return found;
}

type Say = (
  severity: Diagnostic["severity"],
  code: string,
  message: string,
  keys: Keys,
  next?: string,
) => void;

function lintSelection(selection: unknown, keys: Keys, say: Say): void {
  if (Array.isArray(selection)) {
    selection.forEach((item, at) => {
      lintSelection(item, [...keys, at], say);
    });
  } else if (isMap(selection)) {
    for (const [key, value] of Object.entries(selection)) lintItem(key, value, [...keys, key], say);
  }
}

function lintItem(key: string, value: unknown, keys: Keys, say: Say): void {
  const [, ...modifiers] = key.split("|");
  for (const text of texts(value)) {
    if (modifiers.includes("re")) {
      if (/^\(\?[ims]+\)/.test(text)) {
        const next = "Use the modifiers re|i, re|m and re|s.";
        say(
          "info",
          "deprecated-inline-flag",
          `${quote(text)} sets its flags inside the pattern.`,
          keys,
          next,
        );
      }
    } else if (modifiers.includes("contains") && /^\*|[^\\]\*$/.test(text)) {
      const next = 'Leave the star out: "contains" adds it.';
      say("info", "needless-wildcard", `${quote(text)} has a star where "contains" puts one.`, keys, next);
    }
  }
}
