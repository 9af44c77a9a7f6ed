import type { Modifier } from "../operand.ts";
import { encodingModifiers } from "./encoding.ts";
import { textModifiers } from "./text.ts";
import { valueModifiers } from "./value.ts";

/** Every modifier of Sigma 2.1.0, and pySigma's long names for those of `re`. */
export const modifiers: ReadonlyMap<string, Modifier> = new Map(
  Object.entries({ ...textModifiers, ...encodingModifiers, ...valueModifiers } as Record<string, Modifier>),
);
