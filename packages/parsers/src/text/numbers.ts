/** A recorded integer: a number when it is exact in a double, the digits as text beyond 2^53, undefined when it is none. */
export function integerOf(text: string): number | string | undefined {
  const length = text.length;
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  if (length === start || length > 40) return undefined;
  let value = 0;
  for (let i = start; i < length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  if (value > Number.MAX_SAFE_INTEGER) return text;
  return start === 1 ? -value : value;
}

/** The number that the digits from `from` to before `to` write; -1 when one of them is no digit. "10:22", 3, 5 → 22. */
export function numberAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    // NaN behind the end of the text is none either.
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}
