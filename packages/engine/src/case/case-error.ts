/** A folder that is no case, or one whose files cannot be used: the user's to mend. */
export class CaseError extends Error {
  readonly code = "case";
}

/** What is kept is not what was written: `verify` tells the extent, and the evidence is where it can be made from again. */
export function damaged(dir: string, file: string, cause: unknown): CaseError {
  return new CaseError(
    `${dir}: ${file} is damaged (${(cause as Error).message}). 'firebreak verify ${dir}' says what changed; 'firebreak investigate' makes it from the evidence again.`,
    { cause },
  );
}
