import type { Random } from "../examples/random.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const pad = (value: number) => String(value).padStart(2, "0");

/** Lines with their instants, written out in order of time. */
export interface Lines {
  add(ms: number, text: string): void;
  text(): string;
}

export function createLines(header: readonly string[] = []): Lines {
  const lines: { ms: number; text: string }[] = [];
  return {
    add: (ms, text) => void lines.push({ ms, text }),
    text: () => `${[...header, ...lines.sort((a, b) => a.ms - b.ms).map(({ text }) => text)].join("\n")}\n`,
  };
}

/** Milliseconds of "2024-05-14 08:00:00" read as UTC. */
export function utc(text: string): number {
  return Date.parse(`${text.replace(" ", "T")}Z`);
}

/** "2024-05-14", "08:00:00" and the ISO text of an instant shifted to a zone. */
export function stampOf(ms: number, offsetHours = 0): { date: string; clock: string; iso: string } {
  const iso = new Date(ms + offsetHours * 3_600_000).toISOString();
  return { date: iso.slice(0, 10), clock: iso.slice(11, 19), iso };
}

/** RFC 3164: "May 14 08:00:00", no year, no zone. */
export function syslogStamp(ms: number, offsetHours = 0): string {
  const at = new Date(ms + offsetHours * 3_600_000);
  return `${months[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${at.toISOString().slice(11, 19)}`;
}

/** Apache's "%t": "14/May/2024:08:00:00 +0000". */
export function apacheStamp(ms: number): string {
  const at = new Date(ms);
  return `${pad(at.getUTCDate())}/${months[at.getUTCMonth()]}/${at.getUTCFullYear()}:${at.toISOString().slice(11, 19)} +0000`;
}

/** vsftpd's and xferlog's ctime: "Tue May 14 08:00:00 2024". */
export function ctime(ms: number): string {
  const at = new Date(ms);
  const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][at.getUTCDay()];
  return `${day} ${months[at.getUTCMonth()]} ${String(at.getUTCDate()).padStart(2)} ${at.toISOString().slice(11, 19)} ${at.getUTCFullYear()}`;
}

/** Runs `make` at `count` random instants of a span. */
export function scatter(
  random: Random,
  count: number,
  from: number,
  to: number,
  make: (ms: number) => void,
): void {
  for (let i = 0; i < count; i++) make(random.between(from, to));
}
