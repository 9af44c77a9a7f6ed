import ipaddr from "ipaddr.js";
import type { Comparison, DatePart } from "../../condition/tree.ts";
import { RuleFault } from "../../load/fault.ts";
import { type Modifier, misuse, numberOf, writtenOf } from "../operand.ts";

const re: Modifier = (operand, context) => ({
  type: "regex",
  source: writtenOf(operand, context),
  flags: "",
});

function regexFlag(flag: "i" | "m" | "s"): Modifier {
  return (operand, context) => {
    if (operand.type !== "regex") {
      throw new RuleFault("modifier-order", `"${context.modifier}" must follow "re".`);
    }
    const wanted = ["i", "m", "s"].filter((each) => each === flag || operand.flags.includes(each));
    return { ...operand, flags: wanted.join("") };
  };
}

/** Networks as written in rules; host bits are masked off and a bare address is a network of one. */
const cidr: Modifier = (operand, context) => {
  const written = writtenOf(operand, context).trim();
  try {
    const [address, bits] = written.includes("/")
      ? ipaddr.parseCIDR(written)
      : bareAddress(ipaddr.parse(written));
    return { type: "cidr", network: `${address.toString()}/${bits}` };
  } catch {
    throw new RuleFault(
      "modifier-value",
      `"cidr" needs a network such as 192.0.2.0/24, not ${JSON.stringify(written)}.`,
    );
  }
};

function bareAddress(address: ipaddr.IPv4 | ipaddr.IPv6): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

function compare(comparison: Exclude<Comparison, "eq">): Modifier {
  return (operand, context) => {
    if (operand.type === "date-part") return { ...operand, comparison };
    return { type: "compare", comparison, value: numberOf(operand, context) };
  };
}

function datePart(part: DatePart): Modifier {
  return (operand, context) => {
    // `gt|hour` reads as well as `hour|gt`; both mean the same.
    if (operand.type === "compare") {
      return { type: "date-part", part, comparison: operand.comparison, value: operand.value };
    }
    return { type: "date-part", part, comparison: "eq", value: numberOf(operand, context) };
  };
}

const exists: Modifier = (operand, context) => {
  if (operand.type !== "value") throw misuse(operand, context);
  const value = String(operand.value).toLowerCase();
  if (value === "true" || value === "yes") return { type: "exists", value: true };
  if (value === "false" || value === "no") return { type: "exists", value: false };
  throw new RuleFault(
    "modifier-value",
    `"exists" needs true or false, not ${JSON.stringify(operand.value)}.`,
  );
};

const all: Modifier = (operand, context) => {
  context.flags.all = true;
  return operand;
};

const cased: Modifier = (operand, context) => {
  context.flags.cased = true;
  return operand;
};

const neq: Modifier = (operand, context) => {
  context.flags.negated = true;
  return operand;
};

export const valueModifiers = {
  re,
  i: regexFlag("i"),
  ignorecase: regexFlag("i"),
  m: regexFlag("m"),
  multiline: regexFlag("m"),
  s: regexFlag("s"),
  dotall: regexFlag("s"),
  cidr,
  lt: compare("lt"),
  lte: compare("lte"),
  gt: compare("gt"),
  gte: compare("gte"),
  minute: datePart("minute"),
  hour: datePart("hour"),
  day: datePart("day"),
  week: datePart("week"),
  month: datePart("month"),
  year: datePart("year"),
  exists,
  all,
  cased,
  neq,
} as const;
