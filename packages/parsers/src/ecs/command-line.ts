const maxChars = 32_768;
const maxWords = 1000;

/**
 * The words of a command line. Double quotes hold a word together; before one a backslash takes its meaning away, elsewhere a backslash
 * is itself, as Windows has it ("Parsing C command-line arguments"). Single quotes hold together only where no Windows path stands.
 * @returns undefined for a text that is too long to be taken apart
 * @example splitCommandLine('cmd.exe /c "whoami /all"') // ["cmd.exe", "/c", "whoami /all"]
 */
export function splitCommandLine(line: string): string[] | undefined {
  if (line.length > maxChars) return undefined;
  const hasSingle = !/[A-Za-z]:\\|\\\\|\.exe\b/i.test(line);
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (quote === "" && (char === " " || char === "\t" || char === "\n" || char === "\r")) {
      if (word !== undefined && words.length < maxWords) words.push(word);
      word = undefined;
    } else if (char === "\\" && line[i + 1] === '"' && quote !== "'") {
      word = `${word ?? ""}"`;
      i++;
    } else if (char === quote) quote = "";
    else if (quote === "" && (char === '"' || (char === "'" && hasSingle))) {
      quote = char;
      word ??= "";
    } else word = (word ?? "") + char;
  }
  if (word !== undefined && words.length < maxWords) words.push(word);
  return words;
}
