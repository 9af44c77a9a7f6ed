export interface SignIn {
  readonly type: "start" | "end" | "info";
  readonly outcome?: "success" | "failure";
  readonly action: "login" | "login-failed" | "logout";
}

const signIn = "(?:log(?:ged)?[ -]?[io]n|logon|sign(?:ed)?[ -]?[io]n|authentication|authenticating|auth)";
const secret = "(?:password|passphrase|credentials?|passcode|otp|pin)";
const refused =
  "(?:fail\\w*|denied|rejected|refused|incorrect|invalid|unsuccessful|wrong|bad|not (?:ok|allowed|accepted|permitted)|mismatch)";
const upToTwoWords = "(?:[\\w'-]{1,24} ){0,2}";

/** "Login failed", "authentication attempt was rejected", "wrong password", "failed to log in", "could not authenticate". */
const failures = new RegExp(
  [
    `\\b(?:${signIn}|${secret})s?(?: (?:attempt|request|check|try))?s?[ :-]{1,3}(?:has |have |was |were |is |had )?${refused}\\b`,
    `\\b${refused}[ :-]{1,3}${upToTwoWords}(?:${signIn}|${secret})s?\\b`,
    `\\b(?:failed|unable|not able) to (?:log|sign)[ -]?[io]n\\b`,
    `\\b(?:failed|unable|not able) to authenticate\\b`,
    `\\b(?:could not|cannot|can't|couldn't) (?:log|sign|authenticate)\\b`,
  ].join("|"),
  "i",
);
const successes = new RegExp(
  [
    `\\b${signIn}(?: (?:attempt|request|of|for|by|from) ?)?${upToTwoWords}(?:success\\w*|succeeded|accepted|granted|ok)\\b`,
    `\\b(?:success\\w*|accepted) ${upToTwoWords}(?:${signIn}|${secret})\\b`,
    `\\b(?:logged|signed)[ -]?[io]n\\b`,
    `\\bauthenticated\\b(?! only)`,
  ].join("|"),
  "i",
);
const ends = /\b(?:logged|signed)[ -]?(?:out|off)\b|\blog-?out\b|\blogoff\b|\bsign-?out\b/i;
/** "not logged in", "is authenticated?", "unauthenticated": nothing was tried. */
const nothingDone =
  /\b(?:not|never|isn't|wasn't|being|if|when|until|must be|to be) (?:yet )?(?:logged|signed|authenticated)\b/i;

/** What each of the wordings above holds: one search tells when none can match. */
const anyWord = /log|sign|auth|pass|credential|otp|pin/i;

/** Whether a sentence tells of a sign-in and how it ended; undefined when it tells of none. */
export function findSignIn(text: string): SignIn | undefined {
  if (!anyWord.test(text)) return undefined;
  if (failures.test(text)) return { type: "info", outcome: "failure", action: "login-failed" };
  if (ends.test(text)) return { type: "end", action: "logout" };
  if (nothingDone.test(text)) return undefined;
  return successes.test(text) ? { type: "start", outcome: "success", action: "login" } : undefined;
}
