/** The disk that a case lies on has no room left; the message names the case's folder. */
export class DiskFullError extends Error {
  readonly code = "ENOSPC";
}

/** True for the operating system's own word, and for DuckDB's, which has no code and quotes the system's text. */
export function isDiskFull(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (code === "ENOSPC" || code === "EDQUOT") return true;
  return (
    typeof message === "string" &&
    /no space left on device|disk quota exceeded|out of disk space/i.test(message)
  );
}
