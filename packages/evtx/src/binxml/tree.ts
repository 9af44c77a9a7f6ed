import { op } from "./scan.ts";

/** The element tree of a template or of a fragment stated directly. Slots stand where an instance puts its values. */

export interface ElementNode {
  readonly kind: "element";
  readonly name: string;
  /** Slot whose NULL drops the element, or -1. */
  readonly dependency: number;
  readonly attributes: AttributeNode[];
  readonly content: ContentNode[];
  /** Written `<X/>` rather than `<X></X>`. */
  isEmptyTag: boolean;
}

export interface AttributeNode {
  readonly name: string;
  readonly content: ContentNode[];
}

export interface SlotNode {
  readonly kind: "slot";
  readonly slot: number;
  readonly isOptional: boolean;
  /** The declared type; a value's own descriptor is what counts. */
  readonly type: number;
}

export type TextNode =
  | { readonly kind: "text" | "cdata"; readonly text: string }
  | { readonly kind: "char-ref"; readonly code: number }
  | { readonly kind: "entity-ref"; readonly name: string }
  | { readonly kind: "pi"; readonly target: string; data: string };

export type ContentNode = ElementNode | SlotNode | TextNode;

/** Builds the tree from a scanned list. A list that stops short gives what it has; open elements count as closed. */
export function buildTree(ops: Int32Array, texts: readonly string[]): ElementNode[] {
  const roots: ElementNode[] = [];
  const open: ElementNode[] = [];
  let target: ContentNode[] = [];
  let at = 0;
  while (at < ops.length) {
    const code = ops[at++]!;
    switch (code) {
      case op.open: {
        const element: ElementNode = {
          kind: "element",
          name: texts[ops[at++]!]!,
          dependency: ops[at++]!,
          attributes: [],
          content: [],
          isEmptyTag: false,
        };
        (open.at(-1)?.content ?? roots).push(element);
        open.push(element);
        break;
      }
      case op.attribute: {
        const attribute: AttributeNode = { name: texts[ops[at++]!]!, content: [] };
        open.at(-1)?.attributes.push(attribute);
        target = attribute.content;
        break;
      }
      case op.content:
        target = open.at(-1)?.content ?? [];
        break;
      case op.closeEmpty: {
        const element = open.pop();
        if (element !== undefined) element.isEmptyTag = true;
        target = open.at(-1)?.content ?? [];
        break;
      }
      case op.close:
        open.pop();
        target = open.at(-1)?.content ?? [];
        break;
      case op.normal:
      case op.optional:
        target.push({ kind: "slot", slot: ops[at++]!, isOptional: code === op.optional, type: ops[at++]! });
        break;
      case op.piData: {
        const before = target.at(-1);
        const data = texts[ops[at++]!]!;
        if (before?.kind === "pi") before.data = data;
        break;
      }
      default:
        target.push(textNode(code, ops[at++]!, texts));
    }
  }
  return roots;
}

function textNode(code: number, argument: number, texts: readonly string[]): TextNode {
  if (code === op.charRef) return { kind: "char-ref", code: argument };
  const text = texts[argument]!;
  if (code === op.entityRef) return { kind: "entity-ref", name: text };
  if (code === op.piTarget) return { kind: "pi", target: text, data: "" };
  return { kind: code === op.cdata ? "cdata" : "text", text };
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The plain text that a node stands for; "" for a processing instruction. */
export function plainText(node: TextNode): string {
  switch (node.kind) {
    case "char-ref":
      return String.fromCharCode(node.code);
    case "entity-ref":
      return Object.hasOwn(entities, node.name) ? entities[node.name]! : `&${node.name};`;
    case "pi":
      return "";
    default:
      return node.text;
  }
}

/** The text of content that has no slots and no elements, or undefined. */
export function constantText(content: readonly ContentNode[]): string | undefined {
  let text = "";
  for (const node of content) {
    if (node.kind === "element" || node.kind === "slot") return undefined;
    text += plainText(node);
  }
  return text;
}
