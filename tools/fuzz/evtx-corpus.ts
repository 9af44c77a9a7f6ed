/** What mutations of event logs start from: written logs with every kind of content, and pieces of logs that are given. */
import { type EvtxRecordSpec, filetimeOf, type RawRecordSpec, writeEvtx } from "../evtx-writer/writer.ts";

export const headerBytes = 4096;
export const chunkBytes = 65_536;

/** Of each of the first chunks of a log: the chunk as it would be if it ended after one record, and after two. */
export function firstRecords(log: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = headerBytes; at + chunkBytes <= log.length && at < 4 * chunkBytes; at += chunkBytes) {
    const chunk = log.slice(at, at + chunkBytes);
    if (chunk[0] !== 0x45) continue;
    const view = new DataView(chunk.buffer);
    let end = 512;
    for (let count = 1; count <= 2 && view.getUint32(end, true) === 0x2a2a; count++) {
      const length = view.getUint32(end + 4, true);
      if (length === 0 || end + length > chunkBytes - 64) break;
      end += length;
      const part = chunk.slice(0, end + 64);
      new DataView(part.buffer).setUint32(48, end, true);
      found.push(part);
    }
  }
  return found;
}

export function writtenLogs(): Uint8Array[] {
  const time = filetimeOf("2024-05-06T07:08:09.1234567Z");
  const base = { time, computer: "ws-17.corp.example", channel: "Security" };
  const mixed: Array<EvtxRecordSpec | RawRecordSpec> = [];
  for (let i = 0; i < 120; i += 4) {
    mixed.push({
      ...base,
      recordId: i + 1,
      provider: { name: "P" },
      eventId: 4624,
      eventData: [
        { name: "TargetUserName", value: `user${i}` },
        { name: "Port", type: "uint32", value: i },
        { name: "Sid", type: "sid", value: "S-1-5-21-1-2-3-500" },
      ],
    });
    mixed.push({
      ...base,
      recordId: i + 2,
      provider: { name: "Q" },
      qualifiers: 1,
      eventId: 7036,
      eventData: [{ value: "a" }, { value: "b" }],
      binary: Uint8Array.of(1, 2),
    });
    mixed.push({
      ...base,
      recordId: i + 3,
      provider: { name: "R" },
      eventId: 1102,
      userData: { name: "X", attributes: { xmlns: "urn:example" }, children: [{ name: "Y", value: "z" }] },
    });
    mixed.push({
      time,
      recordId: i + 4,
      fragment: {
        element: {
          name: "Event",
          children: [
            { name: "System", children: [{ name: "EventID", children: ["1"] }] },
            {
              name: "EventData",
              children: [
                { name: "Data", children: ["a", { entityRef: "lt" }, { charRef: 233 }, { cdata: "c" }] },
              ],
            },
          ],
        },
      },
    });
  }
  return [writeEvtx(mixed), writeEvtx(mixed, { recordsPerChunk: 20 })];
}
