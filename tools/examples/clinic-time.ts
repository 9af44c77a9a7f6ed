import type { Random } from "./random.ts";

/** One moment of the clinic's day, in the forms its logs use. */
export interface ClinicTime {
  ms: number;
  /** "2023-09-20T14:32:17.1043389Z" */
  utc: string;
  /** Local (EDT, UTC-4): "2023-09-20" and "10:32:17" */
  date: string;
  clock: string;
  /** "9/20/2023 10:32:17 AM" */
  usLong: string;
  /** Local, "Sep 20 10:32:17" */
  syslog: string;
}

const offsetMs = -4 * 3_600_000;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function atMs(ms: number, fraction = ""): ClinicTime {
  const local = new Date(ms + offsetMs).toISOString();
  const utc = new Date(ms).toISOString();
  const hour = Number(local.slice(11, 13));
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  const clock = local.slice(11, 19);
  const day = Number(local.slice(8, 10));
  return {
    ms,
    utc: `${utc.slice(0, 19)}.${(fraction || utc.slice(20, 23)).padEnd(7, "0")}Z`,
    date: local.slice(0, 10),
    clock,
    usLong: `${Number(local.slice(5, 7))}/${day}/${local.slice(0, 4)} ${twelve}${clock.slice(2)} ${hour < 12 ? "AM" : "PM"}`,
    syslog: `${months[Number(local.slice(5, 7)) - 1]} ${String(day).padStart(2)} ${clock}`,
  };
}

/** Local clock time of the day of the case: "10:32:17" or "10:32:17.1043389". */
function at(clock: string): ClinicTime {
  const [time, fraction = ""] = clock.split(".") as [string, string?];
  return atMs(Date.parse(`2023-09-20T${time}Z`) - offsetMs, fraction);
}

export const clinicTime = {
  at,
  atMs,
  randomBetween(random: Random, from: string, to: string): ClinicTime {
    return atMs(random.between(at(from).ms, at(to).ms));
  },
};
