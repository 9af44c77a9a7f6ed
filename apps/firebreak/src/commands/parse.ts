import { readDialectFiles } from "@firebreak/engine/dialect/files";
import { createOriginalReader } from "@firebreak/engine/evidence/original";
import { openSource } from "@firebreak/engine/evidence/source";
import { readItem } from "@firebreak/engine/ingest/item";
import { ecsDocumentText } from "@firebreak/model/nest";
import { dialectFormat } from "@firebreak/parsers/dialect/format";
import { completeDocument } from "@firebreak/parsers/ecs/document";
import { print, say } from "../terminal/output.ts";
import { type ReadingOptions, timeSettingsFor, withEvidence } from "./shared.ts";

interface ParseOptions extends ReadingOptions {
  dialect?: string[];
}

export async function runParse(paths: string[], options: ParseOptions): Promise<void> {
  const dialects = readDialectFiles(options.dialect ?? []).map(({ dialect }) => dialectFormat(dialect));
  const timeFor = timeSettingsFor(options);
  await withEvidence(paths, options, (collection) => {
    for (const item of collection.items) {
      const source = openSource(item.file);
      try {
        const originals = createOriginalReader(source);
        const receipt = readItem(
          item,
          { time: timeFor(item), dialects },
          {
            event(event) {
              completeDocument(event.fields, event.dataset);
              print(`${ecsDocumentText(event, { path: item.path, original: originals.read(event) })}\n`);
            },
            reject: ({ offset, length, line, reason }) =>
              say(
                `${item.path}: byte ${offset}${line === undefined ? "" : `, line ${line}`}: ${reason} (${length} bytes)`,
              ),
          },
        );
        for (const note of receipt.notes) say(`${item.path}: ${note}`);
        if (receipt.records === 0) say(`${item.path}: no records (${receipt.format})`);
      } finally {
        source.close();
      }
    }
  });
}
