/** What becomes of damaged text: every case tells each byte once. */
import type { ParsedEvent } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { formats } from "./formats.generated.ts";
import { readEvidence } from "./read.ts";

const record = (second: number) =>
  `<86>1 2024-05-06T07:08:0${second}Z web1 sshd 900 - - Failed password for root from 203.0.113.9 port 4022 ssh2`;

function read(text: string | Buffer) {
  const bytes = Buffer.from(text);
  const events: ParsedEvent[] = [];
  const fates: string[] = [];
  let told = 0;
  const source = {
    size: bytes.length,
    read: (offset: number, length: number) => bytes.subarray(offset, offset + length),
  };
  readEvidence(
    source,
    { fileName: "a.log", formats },
    {
      event(event) {
        events.push(event);
        told += event.length;
      },
      reject({ length }) {
        fates.push("rejected");
        told += length;
      },
      skip({ length }, reason) {
        fates.push(reason);
        told += length;
      },
      note() {},
    },
  );
  expect(told).toBe(bytes.length);
  return {
    offsets: events.map(({ offset }) => offset),
    users: events.map(({ fields }) => fields["user.name"]),
    fates,
  };
}

const line = record(1).length + 1;
const nuls = (count: number) => "\0".repeat(count);

describe("readEvidence", () => {
  it.each<[string, string | Buffer, number[], string[]]>([
    ["nothing", "", [], []],
    ["NULs only", nuls(100), [], ["binary: no format recognised"]],
    ["a log that was cut under its writer", `${nuls(70_000)}${record(1)}\n`, [70_000], ["NUL bytes"]],
    ["NULs of a crash before a record", `${record(1)}\n${nuls(20)}${record(2)}\n`, [0, line], []],
    ["a line of NULs", `${record(1)}\n${nuls(9)}\n${record(2)}\n`, [0, line + 10], ["NUL bytes"]],
    [
      "a line that is no UTF-8",
      Buffer.concat([Buffer.from(`${record(1)}\n`), Buffer.from([0xff, 0xc3, 0x28, 10])]),
      [0],
      ["rejected"],
    ],
  ])("reads %s", (_, text, offsets, fates) => {
    const found = read(text);
    expect(found.offsets).toEqual(offsets);
    expect(found.users).toEqual(offsets.map(() => "root"));
    expect(found.fates).toEqual(fates);
  });
});
