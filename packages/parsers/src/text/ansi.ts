const escapes = /\u001b\[[0-9;?]{0,20}[A-Za-z]|\u001b[()][A-Z0-9]/g;

/** A text without the colours and cursor moves that consoles print. */
export function stripAnsi(text: string): string {
  return text.includes("\u001b") ? text.replace(escapes, "") : text;
}
