/** Copies the examples' evidence many times into a folder, each copy on another day and with another gateway, until a number of events is reached. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Events in one copy of both examples, as `firebreak investigate` counts them. */
const eventsPerCopy = 24_000;
const dayMs = 86_400_000;

export function replicate(
  examples: string,
  target: string,
  events: number,
): { copies: number; bytes: number } {
  const copies = Math.ceil(events / eventsPerCopy);
  let bytes = 0;
  for (const name of ["clinic", "xls-alert"]) {
    const root = join(examples, name, "evidence");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((file) =>
      statSync(join(root, file)).isFile(),
    );
    for (const file of files) {
      const original = readFileSync(join(root, file));
      for (let copy = 0; copy < copies; copy++) {
        const path = join(target, `${name}-${String(copy).padStart(3, "0")}`, file);
        mkdirSync(dirname(path), { recursive: true });
        const content = varied(original, file, copy);
        writeFileSync(path, content);
        bytes += content.length;
      }
    }
  }
  return { copies, bytes };
}

/** The same records with another day and name: no copy has the bytes of another, so none is left out as a duplicate. */
function varied(original: Buffer, file: string, copy: number): Buffer {
  if (file.endsWith(".evtx")) {
    const bytes = Buffer.from(original);
    // The header block beyond its 128 bytes is unused and not covered by its checksum.
    bytes.writeUInt32LE(copy + 1, 1024);
    return bytes;
  }
  const day = new Date(Date.parse("2023-09-01T00:00:00Z") + (copy % 28) * dayMs).toISOString().slice(0, 10);
  const text = original
    .toString("utf8")
    .replaceAll("2023-09-20", day)
    .replaceAll("Sep 20 ", `Sep ${String(Number(day.slice(8))).padStart(2)} `)
    .replaceAll("9/20/2023", `9/${Number(day.slice(8))}/2023`)
    .replaceAll(" gateway ", ` gw-${copy} `)
    .replaceAll(" mx1 ", ` mx-${copy} `)
    .replaceAll("FGT-EDGE", `FGT-${copy}`);
  return Buffer.from(`${text}${copy < 28 ? "" : "\n".repeat(copy - 27)}`);
}
