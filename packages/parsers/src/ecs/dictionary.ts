import type { Fields } from "@firebreak/model/event";
import { isAbsent } from "../text/absent.ts";
import { integerOf } from "../text/numbers.ts";
import { remembering } from "../text/remember.ts";
import { portOf } from "./address-port.ts";
import { cleanIp } from "./ip.ts";
import { rawField } from "./raw.ts";
import { transportOf } from "./transport.ts";

/** How a recorded value becomes the value of an ECS field. What does not convert is kept under its recorded name. */
export type Conversion = "text" | "lower" | "ip" | "port" | "integer" | "transport" | "mac";

export interface Target {
  readonly field: string;
  readonly as: Conversion;
  /** Where a value stands that does not convert. */
  readonly raw: string;
  /** A translated address or port: products print zeros where nothing was translated. */
  readonly isNat: boolean;
}

/** What becomes of a recorded name: its ECS field, else the name itself under `firebreak.raw.`. */
export type Dictionary = (name: string) => Target;

/** Builds a dictionary from `{ recordedName: "ecs.field" }`; "ecs.field:ip" names a conversion, "text" is the default. */
export function dictionary(entries: Record<string, string>): Dictionary {
  const known = new Map(Object.entries(entries));
  return remembering(
    (name): Target => {
      const raw = rawField(name);
      const [field = raw, as = "text"] = known.get(name)?.split(":") ?? [];
      return { field, as: as as Conversion, raw, isNat: field.includes(".nat.") };
    },
    { max: 20_000 },
  );
}

/** Puts one recorded pair in the fields: under its ECS name when the dictionary has one, else under `firebreak.raw.`. */
export function assign(fields: Fields, known: Dictionary, name: string, value: string): void {
  if (isAbsent(value)) return;
  const target = known(name);
  const converted = target.as === "text" ? value : convert(target.as, value);
  if (converted === undefined) fields[target.raw] = value;
  else if (!target.isNat || !isZero(converted)) fields[target.field] = converted;
}

function isZero(value: string | number): boolean {
  return value === 0 || value === "0.0.0.0" || value === "::";
}

function convert(as: Conversion, value: string): string | number | undefined {
  switch (as) {
    case "ip":
      return cleanIp(value);
    case "port":
      return portOf(value);
    case "integer":
      return integerOf(value);
    case "transport":
      return transportOf(value);
    case "mac":
      return macOf(value);
    case "lower":
      return value.toLowerCase();
    default:
      return value;
  }
}

/** "aa:bb:cc:dd:ee:ff", "aabb.ccdd.eeff", "aa-bb-…" → "AA-BB-CC-DD-EE-FF" (ECS, RFC 7042 §2.1). */
export const macOf = remembering(
  (value): string | undefined => {
    const digits = value.length > 32 ? "" : value.replace(/[:.-]/g, "").toUpperCase();
    return /^[0-9A-F]{12}$/.test(digits) ? digits.replace(/(..)(?=.)/g, "$1-") : undefined;
  },
  { max: 20_000, longest: 32 },
);

/** False for what products print as a host name and is none: empty, or longer than a name can be (RFC 1035 §2.3.4). */
export function isHostName(value: unknown): boolean {
  return typeof value === "string" && value.length > 0 && value.length <= 253 && !value.includes(" ");
}
