import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { extract } from "tar-stream";
import { type Expanded, type ExpandOptions, faultOf } from "./expanded.ts";

/** Tar archives. Links and devices are named and not followed. */
export async function* expandTar(file: string, options: ExpandOptions): AsyncGenerator<Expanded> {
  const entries = extract();
  const feeding = pipeline(createReadStream(file), entries).catch((error: unknown) => error);
  try {
    for await (const entry of entries) {
      const { name, type, mtime } = entry.header;
      if (type !== "file" && type !== "contiguous-file") {
        entry.resume();
        if (type !== "directory") {
          yield {
            fault: {
              name,
              reason: `a ${type} inside a tar, not followed`,
              next: "collect the file that it points to",
            },
          };
        }
        continue;
      }
      const writer = options.spool.open(options.bytes);
      try {
        for await (const chunk of entry as AsyncIterable<Buffer>) writer.write(chunk);
      } catch (error) {
        writer.abort();
        throw error;
      }
      yield { member: { name, notes: [], ...(mtime && { modifiedMs: mtime.getTime() }), ...writer.close() } };
    }
  } catch (error) {
    yield faultOf("", error);
  }
  const failure = await feeding;
  if (failure instanceof Error && (failure as { code?: string }).code !== "ERR_STREAM_PREMATURE_CLOSE")
    yield faultOf("", failure);
}
