import type { Progress } from "@firebreak/engine/case/investigate";
import { clearBar, drawBar, say } from "./output.ts";

const redrawMs = 200;
const lineMs = 5000;

/** A bar with rate and remaining time on a terminal, a plain line now and then elsewhere. */
export function createProgress(now: () => number): Progress {
  const isTerminal = process.stderr.isTTY === true;
  let startedMs = now();
  let shownMs = 0;
  return {
    stage(text) {
      startedMs = now();
      say(`${text} ...`);
    },
    bytes(done, total) {
      const nowMs = now();
      if (nowMs - shownMs < (isTerminal ? redrawMs : lineMs) && done < total) return;
      shownMs = nowMs;
      if (done >= total) return clearBar();
      const line = progressLine(done, total, nowMs - startedMs);
      if (isTerminal) drawBar(line);
      else say(line);
    },
    warn(text) {
      say(`warning: ${text}`);
    },
  };
}

function progressLine(done: number, total: number, elapsedMs: number): string {
  const share = total === 0 ? 1 : done / total;
  const width = 24;
  const filled = Math.round(share * width);
  const rate = elapsedMs > 0 ? done / elapsedMs / 1000 : 0;
  const line = `[${"#".repeat(filled)}${"-".repeat(width - filled)}] ${Math.floor(share * 100)}%  ${rate.toFixed(1)} MB/s`;
  // From less than a hundredth nothing can be told about the rest.
  if (share < 0.01) return line;
  return `${line}  ${Math.ceil((elapsedMs / share - elapsedMs) / 1000)} s left`;
}
