import fc from "fast-check";
import { expect, test } from "vitest";
import type {
  EventDataItem,
  EvtxRecordSpec,
  Scalar,
  ValueTypeName,
} from "../../../tools/evtx-writer/writer.ts";
import { writeEvtx } from "../../../tools/evtx-writer/writer.ts";
import { parseExact, readAll, someGuid, someTime } from "../test/logs.ts";
import type { EvtxValue } from "./value/value.ts";

/** What is written, and what must be read. */
interface Sample {
  readonly type: ValueTypeName;
  readonly value: Scalar | readonly Scalar[];
  readonly read: EvtxValue;
}

const text = fc.string({ unit: "binary", maxLength: 90 }).map((raw) => raw.replaceAll("\0", ""));
const safe = (value: bigint) =>
  value >= -(2n ** 53n) + 1n && value < 2n ** 53n ? Number(value) : String(value);
const scalar = <T extends Scalar>(
  type: ValueTypeName,
  values: fc.Arbitrary<T>,
  read: (value: T) => EvtxValue,
) => values.map((value): Sample => ({ type, value, read: read(value) }));
const same = <T>(value: T) => value;

const sample: fc.Arbitrary<Sample> = fc.oneof(
  scalar("string", text, same),
  scalar("int8", fc.integer({ min: -128, max: 127 }), same),
  scalar("uint8", fc.integer({ min: 0, max: 255 }), same),
  scalar("int16", fc.integer({ min: -32_768, max: 32_767 }), same),
  scalar("uint16", fc.integer({ min: 0, max: 65_535 }), same),
  scalar("int32", fc.integer(), same),
  scalar("uint32", fc.integer({ min: 0, max: 4_294_967_295 }), same),
  scalar("int64", fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), safe),
  scalar("uint64", fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), safe),
  scalar("hex32", fc.integer({ min: 0, max: 4_294_967_295 }), (value) => `0x${value.toString(16)}`),
  scalar("hex64", fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => `0x${value.toString(16)}`),
  scalar("bool", fc.boolean(), same),
  scalar("guid", fc.uuid(), (value) => `{${value}}`),
  scalar("binary", fc.uint8Array({ maxLength: 40 }), (value) =>
    Buffer.from(value).toString("hex").toUpperCase(),
  ),
  fc
    .array(fc.integer({ min: 0, max: 4_294_967_295 }), { minLength: 2, maxLength: 5 })
    .map((value): Sample => ({ type: "uint32", value, read: value })),
  fc
    .array(text, { minLength: 2, maxLength: 5 })
    .map((value): Sample => ({ type: "string", value, read: value })),
);

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/);
const record = fc.record({
  eventId: fc.integer({ min: 0, max: 65_535 }),
  version: fc.integer({ min: 0, max: 255 }),
  time: fc.bigInt({ min: 1n << 56n, max: 1n << 58n }),
  channel: fc.constantFrom("Security", "Microsoft-Windows-Sysmon/Operational", "Anwendung \u00e4"),
  samples: fc.uniqueArray(fc.tuple(name, sample), { selector: ([key]) => key, maxLength: 12 }),
  isUserData: fc.boolean(),
});

test("what is written is read, by name, in order, as JSON, from any number of chunks", () => {
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 20 }),
      fc.integer({ min: 1, max: 8 }),
      (inputs, recordsPerChunk) => {
        const specs = inputs.map(
          ({ samples, isUserData, ...rest }, i): EvtxRecordSpec => ({
            ...rest,
            recordId: i + 1,
            computer: "dc1.corp.example",
            provider: { name: "Example-Provider", guid: someGuid },
            ...payload(samples, isUserData),
          }),
        );
        const bytes = writeEvtx(specs, { recordsPerChunk });
        expect(writeEvtx(specs, { recordsPerChunk })).toEqual(bytes);
        const records = readAll(bytes);
        expect(records.length).toBe(inputs.length);
        for (const [i, found] of records.entries()) {
          const input = inputs[i]!;
          const section = input.isUserData ? "UserData" : "EventData";
          expect([found.id, found.eventId, found.version, found.writtenAt, found.channel]).toEqual([
            i + 1,
            input.eventId,
            input.version,
            input.time,
            input.channel,
          ]);
          expect([...found.eventData()]).toEqual(
            input.samples.map(([key, { read }]) => [key, read, section]),
          );
          for (const [key, { read }] of input.samples) expect(found.get(`${section}.${key}`)).toEqual(read);
          expect(parseExact(found.jsonText())).toEqual(found.toJSON());
        }
      },
    ),
    { numRuns: 150 },
  );
});

function payload(
  samples: ReadonlyArray<readonly [string, Sample]>,
  isUserData: boolean,
): Partial<EvtxRecordSpec> {
  const items = samples.map(([key, { type, value }]): EventDataItem & { name: string } => ({
    name: key,
    type,
    value,
  }));
  return isUserData ? { userData: { name: "Root", children: items } } : { eventData: items };
}

test("a lone record of every size up to the chunk's fits or is refused", () => {
  const write = (length: number) =>
    writeEvtx([
      {
        recordId: 1,
        time: someTime,
        provider: { name: "P" },
        eventId: 1,
        channel: "C",
        computer: "c",
        eventData: [{ name: "x", value: "y".repeat(length) }],
      },
    ]);
  expect(readAll(write(31_000))[0]!.get("EventData.x")).toBe("y".repeat(31_000));
  expect(() => write(40_000)).toThrow(RangeError);
});
