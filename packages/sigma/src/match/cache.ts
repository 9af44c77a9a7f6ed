/**
 * Remembers results of the texts seen last, one per cell of a table of fixed size. The cell follows from the text's
 * length and five of its characters, which costs a tenth of hashing it all; a text in a cell that is taken replaces
 * what was there. Holds at most `size` texts, rounded up to a power of two.
 */
export class RecentTexts<T> {
  private readonly texts: (string | undefined)[];
  private readonly results: (T | undefined)[];
  private readonly mask: number;

  constructor(size: number) {
    let cells = 16;
    while (cells < size) cells *= 2;
    this.mask = cells - 1;
    this.texts = new Array<string | undefined>(cells).fill(undefined);
    this.results = new Array<T | undefined>(cells).fill(undefined);
  }

  get(text: string): T | undefined {
    const cell = cellOf(text) & this.mask;
    return this.texts[cell] === text ? this.results[cell] : undefined;
  }

  set(text: string, result: T): void {
    const cell = cellOf(text) & this.mask;
    this.texts[cell] = text;
    this.results[cell] = result;
  }
}

/** Paths differ in their last name, ids at their end or in the middle. */
function cellOf(text: string): number {
  const length = text.length;
  if (length === 0) return 0;
  let mixed = Math.imul(length, 0x9e3779b1) + text.charCodeAt(length - 1);
  mixed = Math.imul(mixed, 31) + text.charCodeAt(length >> 1);
  if (length > 8) {
    mixed = Math.imul(mixed, 31) + text.charCodeAt(length - 3);
    mixed = Math.imul(mixed, 31) + text.charCodeAt(length - 6);
    mixed = Math.imul(mixed, 31) + text.charCodeAt(length - 8);
  }
  return mixed ^ (mixed >>> 15);
}

const textCharsMax = 512;

/** The test with its answers remembered for short texts: event values repeat. */
export function remembered(test: (text: string) => boolean, size = 256): (text: string) => boolean {
  const answers = new RecentTexts<boolean>(size);
  return (text) => {
    if (text.length > textCharsMax) return test(text);
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = test(text);
    answers.set(text, answer);
    return answer;
  };
}
