import { isJsonObject, type JsonObject, type JsonValue } from "../../json/parse.ts";

/** A scalar as text; undefined for null, objects and lists. */
export function scalarText(value: JsonValue | undefined): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** First of the named keys that holds a scalar with text. */
export function firstText(object: JsonObject | undefined, ...names: readonly string[]): string | undefined {
  if (object === undefined) return undefined;
  for (const name of names) {
    const text = Object.hasOwn(object, name) ? scalarText(object[name]) : undefined;
    if (text !== undefined && text.trim() !== "") return text;
  }
  return undefined;
}

export function child(object: JsonObject | undefined, name: string): JsonObject | undefined {
  const value = object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
  return isJsonObject(value) ? value : undefined;
}

/** An XML attribute in the shapes converters give it: `#attributes`, `@Name`, `_Name`, or a plain key. */
export function attributeText(node: JsonValue | undefined, name: string): string | undefined {
  if (!isJsonObject(node)) return undefined;
  return firstText(child(node, "#attributes"), name) ?? firstText(node, `@${name}`, name, `_${name}`);
}

/** Text of an element: the scalar itself, or `#text`, `Value`. */
export function elementText(node: JsonValue | undefined): string | undefined {
  return scalarText(node) ?? (isJsonObject(node) ? firstText(node, "#text", "Value", "_text") : undefined);
}

/** Names and texts below an object, one level; lists of scalars become several of one name. */
export function dataPairs(
  object: JsonObject | undefined,
  skip: ReadonlySet<string> = none,
): [string, string][] {
  const pairs: [string, string][] = [];
  for (const name in object) {
    if (!Object.hasOwn(object, name) || skip.has(name) || name.startsWith("#") || name.startsWith("@"))
      continue;
    const value = object[name];
    if (Array.isArray(value)) {
      for (const item of value.slice(0, 500)) {
        const text = elementText(item);
        if (text !== undefined) pairs.push([name, text]);
      }
      continue;
    }
    const text = elementText(value);
    if (text !== undefined) pairs.push([name, text]);
    else if (isJsonObject(value)) {
      for (const [inner, leaf] of Object.entries(value)) {
        const leafText = scalarText(leaf);
        if (leafText !== undefined && !inner.startsWith("#")) pairs.push([`${name}.${inner}`, leafText]);
      }
    }
  }
  return pairs;
}
const none: ReadonlySet<string> = new Set();
