import type { Instance } from "../binxml/instance.ts";
import type { ContentNode, ElementNode } from "../binxml/tree.ts";
import {
  Budget,
  fragmentsIn,
  isDropped,
  OutputLimit,
  rootsOf,
  slotScalar,
  textOf,
  type Values,
  type Variant,
  variantsOf,
} from "./render.ts";

/** The fragments as XML on one line: empty tags and character references as the template has them. */
export function xmlText(roots: readonly Instance[]): string {
  const chunk = roots[0]?.chunk;
  if (chunk === undefined) return "<Event/>";
  const budget = new Budget(chunk);
  try {
    return rootsOf(roots)
      .map(({ element, instance }) => elementXml(element, instance, budget))
      .join("");
  } catch (error) {
    if (!(error instanceof OutputLimit)) throw error;
    chunk.report("output-limit", 0, "a record renders to more than 2 Mi characters and is left out");
    return "<Event/>";
  }
}

function elementXml(element: ElementNode, instance: Values, budget: Budget): string {
  let xml = "";
  const name = safeName(element.name);
  for (const variant of variantsOf(element, instance, budget)) {
    budget.spend(2 * name.length);
    xml += `<${name}`;
    for (const attribute of element.attributes) {
      if (textOf(attribute.content, instance, variant, budget) === undefined) continue;
      xml += ` ${safeName(attribute.name)}="${contentXml(attribute.content, instance, variant, budget, true)}"`;
    }
    if (element.isEmptyTag) xml += "/>";
    else xml += `>${contentXml(element.content, instance, variant, budget, false)}</${name}>`;
  }
  return xml;
}

function contentXml(
  content: readonly ContentNode[],
  instance: Values,
  variant: Variant,
  budget: Budget,
  isAttribute: boolean,
): string {
  let xml = "";
  for (const node of content) {
    const fragments = fragmentsIn(node, instance);
    if (fragments !== undefined) {
      for (const child of rootsOf(fragments)) xml += elementXml(child.element, child.instance, budget);
    } else if (node.kind === "element") {
      if (!isDropped(node, instance)) xml += elementXml(node, instance, budget);
    } else if (node.kind === "slot") {
      const text = String(slotScalar(node, instance, variant) ?? "");
      budget.spend(text.length);
      xml += escapeXml(text, isAttribute);
    } else xml += markup(node, isAttribute);
  }
  return xml;
}

function markup(node: Exclude<ContentNode, { kind: "element" | "slot" }>, isAttribute: boolean): string {
  switch (node.kind) {
    case "text":
      return escapeXml(node.text, isAttribute);
    case "cdata":
      return `<![CDATA[${printable(node.text).replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
    case "char-ref":
      return `&#${node.code};`;
    case "entity-ref":
      return `&${safeName(node.name)};`;
    case "pi":
      return `<?${safeName(node.target)} ${printable(node.data).replaceAll("?>", "? >")}?>`;
  }
}

/** Names come from the log and must not be able to break out of their tag. */
function safeName(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}._:-]*$/u.test(name) ? name : name.replace(/[^\p{L}\p{N}._:-]/gu, "_") || "_";
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function escapeXml(text: string, isAttribute: boolean): string {
  const escaped = printable(text);
  return isAttribute
    ? escaped.replace(/[&<>"']/g, (character) => escapes[character]!)
    : escaped.replace(/[&<>]/g, (character) => escapes[character]!);
}

/** Characters that XML 1.0 has no place for become "_", as Windows does it. */
function printable(text: string): string {
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, "_");
}
