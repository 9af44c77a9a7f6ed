import type { Alert } from "@firebreak/engine/alerts/alert";
import { type AlertFile, findAlertFile } from "@firebreak/engine/triage/alert-file";
import type { FileFacts } from "@firebreak/engine/triage/outside";
import { defaultLimits } from "@firebreak/inspect";
import { InspectPool } from "../inspect/pool.ts";

const fileBytesMax = 64 << 20;
const timeMs = 20_000;
const shownReasons = 5;

/** Static triage of the alert's own file, where the evidence holds it: in a thread that can be killed, never run. */
export async function fileFactsOf(dir: string, alert: Alert): Promise<FileFacts | undefined> {
  const found = findAlertFile(dir, alert);
  if (!found) return undefined;
  const pool = new InspectPool({ passwords: [], limits: { ...defaultLimits, timeMs } }, fileBytesMax);
  try {
    const { verdict, summary, reasons } = await pool.inspect(found.file);
    const source = `static triage of ${found.path}, SHA-256 ${found.sha256.slice(0, 12)}…`;
    const ground = (text: string) => ({ kind: "file" as const, text, events: [], eventsOmitted: 0, source });
    return {
      path: found.path,
      sha256: found.sha256,
      // A file that only shares the name may be another one: it is told, and decides nothing.
      verdict: found.byHash ? verdict : "unknown",
      grounds: [
        ground(`${identity(found)}${summary}`),
        ...reasons.slice(0, shownReasons).map(({ words }) => ground(words)),
      ],
    };
  } finally {
    await pool.close();
  }
}

function identity({ byHash }: AlertFile): string {
  return byHash ? "" : "Only the name fits, the alert states no hash: ";
}
