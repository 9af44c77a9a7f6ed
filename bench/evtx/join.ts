/**
 * Makes one large log of many small ones, for measuring: the chunks of all files given, over and over, in one file.
 *
 *   node bench/evtx/join.ts large.evtx 256 logs/
 *
 * The chunks are copied as they are (chunks stand for themselves), so record ids repeat and start over.
 */
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";

const chunkSize = 65_536;
const [target, megabytes, ...paths] = process.argv.slice(2);
if (target === undefined || paths.length === 0) {
  console.error("usage: node bench/evtx/join.ts TARGET MEGABYTES PATH...");
  process.exit(2);
}
const files = paths.flatMap(evtxFiles).map((path) => readFileSync(path));
const chunks = files.flatMap((file) => {
  const offsets: number[] = [];
  for (let at = 4096; at + chunkSize <= file.length; at += chunkSize) offsets.push(at);
  return offsets
    .map((at) => file.subarray(at, at + chunkSize))
    .filter((chunk) => chunk.subarray(0, 7).toString("latin1") === "ElfChnk");
});
const output = openSync(target, "w");
writeSync(output, files[0]!.subarray(0, 4096));
const count = Math.ceil((Number(megabytes) * 1e6) / chunkSize);
for (let i = 0; i < count; i++) writeSync(output, chunks[i % chunks.length]!);
closeSync(output);
console.log(`${chunks.length} different chunks, ${count} written`);

function evtxFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" }).sort();
  return names.filter((name) => name.toLowerCase().endsWith(".evtx")).map((name) => join(path, name));
}
