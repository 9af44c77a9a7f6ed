import { Buffer } from "node:buffer";
import { RuleFault } from "../../load/fault.ts";
import { type Modifier, type ModifierContext, type Operand, patternOf } from "../operand.ts";
import { literalOf } from "../pattern.ts";

/** UTF-8 bytes of a text operand, or the bytes an earlier modifier made of it. Wildcards have no encoding. */
function bytesOf(operand: Operand, context: ModifierContext): Uint8Array {
  if (operand.type === "bytes") return operand.bytes;
  return Buffer.from(literal(operand, context), "utf8");
}

function literal(operand: Operand, context: ModifierContext): string {
  const text = literalOf(patternOf(operand, context));
  if (text === undefined) {
    throw new RuleFault("modifier-value", `"${context.modifier}" cannot encode a value with wildcards.`);
  }
  return text;
}

const utf16le: Modifier = (operand, context) => ({
  type: "bytes",
  bytes: Buffer.from(literal(operand, context), "utf16le"),
});

const utf16be: Modifier = (operand, context) => ({
  type: "bytes",
  bytes: Buffer.from(literal(operand, context), "utf16le").swap16(),
});

/** UTF-16 with its byte-order mark, little-endian. */
const utf16: Modifier = (operand, context) => ({
  type: "bytes",
  bytes: Buffer.from(`\ufeff${literal(operand, context)}`, "utf16le"),
});

const base64: Modifier = (operand, context) => ({
  type: "text",
  pattern: [Buffer.from(bytesOf(operand, context)).toString("base64")],
});

/** Characters at either end of the encoding that depend on the neighbours, by the value's place in a group of three. */
const dropStart = [0, 2, 3] as const;
const dropEnd = [0, 3, 2] as const;

/** The three ways a value appears inside a longer base64 text (Sigma modifiers appendix, `base64offset`). */
const base64offset: Modifier = (operand, context) => {
  const bytes = bytesOf(operand, context);
  return [0, 1, 2].map((shift): Operand => {
    const encoded = Buffer.concat([Buffer.alloc(shift, " "), bytes]).toString("base64");
    const end = encoded.length - dropEnd[((bytes.length + shift) % 3) as 0 | 1 | 2];
    return { type: "text", pattern: [encoded.slice(dropStart[shift as 0 | 1 | 2], end)] };
  });
};

export const encodingModifiers = {
  wide: utf16le,
  utf16le,
  utf16be,
  utf16,
  base64,
  base64offset,
} as const;
