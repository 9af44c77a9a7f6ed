const name = "[\\p{L}\\p{N}_][\\p{L}\\p{N}_.@\\\\$+-]{0,127}";
const subject = "(?:user(?:[ _-]?(?:name|id))?|account(?: name)?|login(?: name)?|principal)";

/** What each of the patterns holds: one search tells when none can match. */
const anySubject = /\b(?:user|account|login|principal)/iu;

/** From the surest to the least: a name in quotes, a pair, "for user bob", "user bob failed". */
const patterns: readonly RegExp[] = [
  new RegExp(`\\b${subject}\\s{0,2}[:=]?\\s{0,2}(["'\`])(?<name>[^"'\`\\n]{1,128})\\1`, "iu"),
  new RegExp(`\\b${subject}\\s{0,2}[:=]?\\s{0,2}\\[(?<name>${name})\\]`, "iu"),
  new RegExp(`\\b${subject}\\s{0,2}[:=]\\s{0,2}(?<name>${name})`, "iu"),
  new RegExp(
    `\\b(?:for|by|of|as)\\s(?:(?:invalid|unknown|illegal|the|locked|disabled)\\s){0,2}${subject}\\s(?<name>${name})`,
    "iu",
  ),
  new RegExp(
    `\\b${subject}\\s(?<name>${name})\\s(?:(?:has|was|is|had|could|can|does|did)\\s(?:not\\s)?)?(?:logged|signed|failed|from|authenticated|connected|disconnected|attempted|created|deleted|locked|denied|rejected|uploaded|downloaded|changed|accessed|opened|requested|added|removed)\\b`,
    "iu",
  ),
];
/** Only in a sentence about a sign-in: "Failed password for bob from …", "bob logged in", "login: bob". */
const inSignIn: readonly RegExp[] = [
  new RegExp(`\\bfor\\s(?:invalid\\s|unknown\\s){0,2}(?<name>${name})\\s(?:from|at|on|via)\\s`, "iu"),
  new RegExp(
    `^\\W{0,3}(?<name>${name})\\s(?:has\\s|was\\s)?(?:successfully\\s)?(?:logged|signed)[\\s-]`,
    "iu",
  ),
  new RegExp(`\\b(?:log(?:in|on)|logged in|authenticated)\\s(?:as|by)\\s(?<name>${name})`, "iu"),
];
/** Words that stand where a name would: "user account was", "user authentication failed". */
const noNames = new Set(
  (
    "a access account accounts activity agent all an and any as at attempt attempts auth authentication authorization by can cannot " +
    "connection could credential credentials data database denied details directory disabled does email error failed failure for from " +
    "group groups has have id in info information input interface invalid is it key limit list locked log logged login logins logon logout " +
    "management mode name names no none not null of on or page password passwords permission permissions policy profile query quota " +
    "record request requests role roles session sessions settings sign signed space status successful successfully table " +
    "the this to token type undefined unknown unsuccessful was were when which who with without"
  ).split(" "),
);

/** The account that a sentence is about; undefined when none is named. Addresses and numbers are no names. */
export function findUser(text: string, isSignIn: boolean): string | undefined {
  return (
    (anySubject.test(text) ? firstName(patterns, text) : undefined) ??
    (isSignIn ? firstName(inSignIn, text) : undefined)
  );
}

function firstName(wordings: readonly RegExp[], text: string): string | undefined {
  for (const wording of wordings) {
    const found = nameOf(wording.exec(text)?.groups?.name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function nameOf(found: string | undefined): string | undefined {
  const text = found?.trim().replace(/[.:,;-]+$/, "");
  if (!text || noNames.has(text.toLowerCase()) || /^[\d.:]+$/.test(text)) return undefined;
  return text;
}
