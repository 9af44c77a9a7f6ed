/** Exit codes, as docs/cli.md lists them. */
export const exitCodes = {
  nothingFound: 0,
  findings: 1,
  usage: 2,
  /** A path, profile, alert or rule set that cannot be read. */
  input: 3,
  /** The case folder is in use, is no case, or its ledger is not intact. */
  case: 4,
  /** `verify` found something changed. */
  verification: 5,
  interrupted: 6,
  diskFull: 7,
  /** A defect of Firebreak. */
  internal: 8,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const codeOfError: Record<string, ExitCode> = {
  input: exitCodes.input,
  profile: exitCodes.input,
  alert: exitCodes.input,
  desk: exitCodes.input,
  playbook: exitCodes.input,
  "rule-source": exitCodes.input,
  case: exitCodes.case,
  "case-locked": exitCodes.case,
  "ledger-not-intact": exitCodes.case,
  "ledger-changed": exitCodes.case,
  ENOSPC: exitCodes.diskFull,
  EDQUOT: exitCodes.diskFull,
};

/** What the system refuses, in words: a path or its permissions are the user's to mend. */
const reasonOfFault: Readonly<Record<string, string>> = {
  EACCES: "no permission",
  EPERM: "no permission",
  ENOENT: "no such file or folder",
  ENOTDIR: "a file where a folder is needed",
  EISDIR: "a folder where a file is needed",
  EROFS: "nothing can be written there",
};

/** The exit code for an error, and whether it is the user's to mend (one line) or ours (with the stack). */
export function describeFault(error: unknown): { code: ExitCode; text: string } {
  const name = (error as { code?: string } | null)?.code;
  const code = name === undefined ? undefined : codeOfError[name];
  const message = error instanceof Error ? error.message : String(error);
  if (code === exitCodes.diskFull)
    return {
      code,
      text: `the disk is full: ${message}. Free some space and run again; the ledger keeps what was recorded.`,
    };
  if (code !== undefined) return { code, text: message };
  const reason = name === undefined ? undefined : reasonOfFault[name];
  if (reason !== undefined) {
    const { path } = error as NodeJS.ErrnoException;
    return {
      code: exitCodes.input,
      text: `${path ?? message}: ${reason}. Check the path and its permissions, then run again.`,
    };
  }
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  return { code: exitCodes.internal, text: `a defect in Firebreak, please report it:\n${stack}` };
}
