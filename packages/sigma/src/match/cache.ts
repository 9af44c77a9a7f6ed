/**
 * Remembers results per text, at most about twice `size` of them: when the young half is full it becomes the old one
 * and the old one is forgotten, so that frequent texts stay.
 */
export class BoundedCache<T> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  get(text: string): T | undefined {
    const found = this.young.get(text);
    if (found !== undefined) return found;
    const older = this.old.get(text);
    if (older !== undefined) this.set(text, older);
    return older;
  }

  set(text: string, result: T): void {
    if (this.young.size >= this.size) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(text, result);
  }
}

const textCharsMax = 512;

/** The test with its answers remembered for short texts: event values repeat. */
export function remembered(test: (text: string) => boolean, size = 256): (text: string) => boolean {
  const answers = new BoundedCache<boolean>(size);
  return (text) => {
    if (text.length > textCharsMax) return test(text);
    const known = answers.get(text);
    if (known !== undefined) return known;
    const answer = test(text);
    answers.set(text, answer);
    return answer;
  };
}
