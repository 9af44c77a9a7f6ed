const names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** 1 to 12 for an English three-letter month name in any case, 0 for anything else. */
export function monthNumber(text: string): number {
  return names.indexOf(text.toLowerCase()) + 1;
}
