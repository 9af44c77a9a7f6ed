/** English names of countries, in lower case, to their ISO 3166-1 codes; made on first use. */
let codes: Map<string, string> | undefined;

/**
 * The ISO 3166-1 alpha-2 code of a country as a record states it: the code itself, or the English name.
 * @example countryCode("ng") // "NG"
 * @example countryCode("Nigeria") // "NG"
 */
export function countryCode(recorded: string | null | undefined): string | undefined {
  if (!recorded) return undefined;
  const text = recorded.trim();
  if (/^[A-Za-z]{2}$/.test(text)) return text.toUpperCase();
  codes ??= namesOfCountries();
  return codes.get(text.toLowerCase());
}

function namesOfCountries(): Map<string, string> {
  const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const made = new Map<string, string>();
  for (const first of letters)
    for (const second of letters) {
      const name = names.of(first + second);
      // Names of withdrawn codes come last in no order of their own: the first one stays.
      if (name !== undefined && !made.has(name.toLowerCase())) made.set(name.toLowerCase(), first + second);
    }
  return made
    .set("korea, republic of", "KR")
    .set("russian federation", "RU")
    .set("iran, islamic republic of", "IR");
}
