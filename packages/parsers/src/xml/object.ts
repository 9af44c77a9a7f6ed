import type { JsonObject, JsonValue } from "../json/parse.ts";
import { scanXml, unescapeXml } from "./scan.ts";

const attributes = /([\w:.-]{1,100})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')/g;
const maxAttributes = 200;

interface Node {
  readonly name: string;
  readonly members: JsonObject;
  text: string;
  hasMembers: boolean;
}

/**
 * An XML element as an object: attributes and child elements are its members, a repeated one is a list, an element of text alone is
 * its text. `<property name="user">bob</property>` and `<data key="user" value="bob"/>` are members by the name that they state.
 *
 * @returns the reason when the element is broken
 */
export function xmlObject(xml: string): { name: string; object: JsonObject } | string {
  const open: Node[] = [];
  let root: { name: string; value: JsonValue } | undefined;
  const fault = scanXml(xml, {
    open(name, recorded) {
      const node: Node = { name, members: emptyObject(), text: "", hasMembers: false };
      let count = 0;
      for (const match of recorded.matchAll(attributes)) {
        if (++count > maxAttributes) break;
        if (match[1]!.startsWith("xmlns")) continue;
        addMember(node, match[1]!, unescapeXml(match[2] ?? match[3] ?? ""));
      }
      open.push(node);
    },
    text(text) {
      open.at(-1)!.text += text;
    },
    close() {
      const node = open.pop()!;
      const { name, value } = memberOf(node);
      const parent = open.at(-1);
      if (parent === undefined) root = { name: node.name, value };
      else if (value !== "") addMember(parent, name, value);
    },
  });
  if (fault !== undefined) return fault;
  if (root === undefined) return "no XML element";
  const { name, value } = root;
  return { name, object: isObject(value) ? value : Object.assign(emptyObject(), { message: value }) };
}

/** A key from evidence may be called "__proto__". */
function emptyObject(): JsonObject {
  return Object.create(null) as JsonObject;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function addMember(node: Node, name: string, value: JsonValue): void {
  node.hasMembers = true;
  const { members } = node;
  const held = members[name];
  if (held === undefined) members[name] = value;
  else if (Array.isArray(held)) held.push(value);
  else members[name] = [held, value];
}

function memberOf({ name, members, text, hasMembers }: Node): { name: string; value: JsonValue } {
  const own = text.trim();
  if (!hasMembers) return { name, value: own };
  const keys = Object.keys(members);
  const label = keys.find((key) => /^(?:name|key|field)$/i.test(key));
  const stated = label === undefined ? undefined : members[label];
  if (typeof stated === "string" && stated !== "") {
    if (keys.length === 1 && own !== "") return { name: stated, value: own };
    const other = keys.length === 2 && own === "" ? keys.find((key) => /^value$/i.test(key)) : undefined;
    if (other !== undefined) return { name: stated, value: members[other]! };
  }
  if (own !== "") members.text ??= own;
  return { name, value: members };
}
