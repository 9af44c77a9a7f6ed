import { remembering } from "../text/remember.ts";

const maxNameLength = 200;

/** Field name for a vendor field without an ECS home: "policyid" → "firebreak.raw.policyid". */
export const rawField = remembering((name) => `firebreak.raw.${name.slice(0, maxNameLength)}`, {
  max: 20_000,
  longest: maxNameLength,
});
