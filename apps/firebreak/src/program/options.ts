import { InvalidArgumentError, Option } from "commander";

export const timezone = () =>
  new Option("--timezone <zone>", "zone of times that carry none: IANA name or offset such as -04:00");
export const passwords = () =>
  new Option("--password <text...>", "passwords to try on encrypted archives ('infected' is always tried)");
export const referenceDate = () =>
  new Option(
    "--reference-date <date>",
    "dates times without a year: they are not later than this day (ISO 8601)",
  );

export const dialects = () =>
  new Option(
    "--dialect <path...>",
    "log formats that you taught: dialect files or folders (docs/dialects.md)",
  );

/** Reads the argument of an option that is a whole number from 1 to `most`. */
export function wholeNumber(most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > most) throw new InvalidArgumentError(`Give a whole number from 1 to ${most}.`);
    return value;
  };
}

/** How evidence is read without a case: the zone and the year of times that carry none, passwords of archives. */
export const readingOptions = () => [timezone(), referenceDate(), passwords()];

/** The last lines of a command's help. */
export function examples(...lines: readonly string[]): string {
  return `\nExample${lines.length === 1 ? "" : "s"}:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
