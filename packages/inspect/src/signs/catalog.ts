import { binarySigns } from "./binary.ts";
import { officeSigns } from "./office.ts";
import { scriptSigns } from "./script.ts";
import type { Sign } from "./sign.ts";

/** Every sign that a triage can tell, by its stable id. */
export const signs = { ...officeSigns, ...scriptSigns, ...binarySigns };

export type SignId = keyof typeof signs;

export function signOf(id: SignId): Sign {
  return signs[id];
}
