const trace =
  /^(?:[\s}\])]|at [\w.$<>]|\.{3} \d+ (?:more|common)|Caused by: |Suppressed: |Traceback \(most recent|-->|\+-|(?:[\w$]{1,60}\.){0,12}[\w$]{0,60}(?:Error|Exception|Warning|Interrupt|Exit)\b|During handling of the above exception|The above exception was|File ".{1,300}", line \d|stack backtrace:|goroutine \d|exit status \d|java\.|\}|#\d+ )/;

/** True for a line that goes on with the record before: indented, or part of a stack trace. */
export function isContinuation(line: string): boolean {
  return trace.test(line);
}
