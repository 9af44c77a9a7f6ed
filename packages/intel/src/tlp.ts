import { type Tlp, tlpLevels } from "./reading.ts";

/** A label in any of its spellings: "tlp:amber+strict", "TLP:WHITE", "white", "AMBER". undefined for anything else. */
export function readTlp(text: unknown): Tlp | undefined {
  if (typeof text !== "string") return undefined;
  const word = text
    .trim()
    .toUpperCase()
    .replace(/^TLP[:_ -]?/, "")
    .replace(/_/g, "+");
  // TLP 1.0's WHITE is TLP 2.0's CLEAR (FIRST, TLP 2.0).
  if (word === "WHITE") return "CLEAR";
  return tlpLevels.find((level) => level === word);
}

/** The strictest of labels. */
export function strictest(labels: readonly (Tlp | undefined)[]): Tlp | undefined {
  return labels.reduce<Tlp | undefined>(
    (most, one) =>
      one !== undefined && (most === undefined || tlpLevels.indexOf(one) > tlpLevels.indexOf(most))
        ? one
        : most,
    undefined,
  );
}
