const maxFields = 500;
const maxDepth = 12;
const maxValueChars = 8192;

/**
 * An alert's members as flat fields with dotted names; list items carry their index. A text that is itself JSON (Sentinel's
 * `Entities`, Splunk's nested results) is opened. Bounded in depth, count and length; `truncated` says what was left out.
 */
export function flatten(value: unknown): { fields: Record<string, string>; truncated: boolean } {
  const out: Record<string, string> = {};
  let truncated = false;
  const visit = (item: unknown, name: string, depth: number): void => {
    if (item === null || item === undefined) return;
    if (depth > maxDepth || Object.keys(out).length >= maxFields) {
      truncated = true;
      return;
    }
    if (Array.isArray(item)) {
      for (const [i, one] of item.slice(0, 100).entries())
        visit(one, item.length === 1 && typeof one !== "object" ? name : `${name}[${i}]`, depth + 1);
      truncated ||= item.length > 100;
    } else if (item instanceof Date) out[name] = item.toISOString();
    else if (typeof item === "object") {
      for (const [key, one] of Object.entries(item)) visit(one, name ? `${name}.${key}` : key, depth + 1);
    } else {
      const text = String(item);
      const inner = typeof item === "string" ? jsonInText(text) : undefined;
      if (inner !== undefined) {
        visit(inner, name, depth + 1);
        return;
      }
      truncated ||= text.length > maxValueChars;
      out[name] = text.slice(0, maxValueChars);
    }
  };
  visit(value, "", 0);
  return { fields: out, truncated };
}

function jsonInText(text: string): object | undefined {
  if (text.length < 2 || text.length > 1 << 20 || !/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
