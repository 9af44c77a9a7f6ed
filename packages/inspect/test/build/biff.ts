/** Writes BIFF8 workbook streams ([MS-XLS]). */
import { bytes, le16, le32, wide } from "./bytes.ts";

function record(type: number, data: Uint8Array): Uint8Array {
  return bytes(le16(type), le16(data.length), data);
}

const bof = (kind: number) =>
  record(0x809, bytes(le16(0x0600), le16(kind), le16(0x0dbb), le16(0x07cc), le32(0), le32(6)));
const eof = record(0x0a, bytes());

export interface SheetSpec {
  readonly name: string;
  readonly kind?: "worksheet" | "macro";
  readonly visibility?: 0 | 1 | 2;
  /** Token bytes of the formulas of column A. */
  readonly formulas?: readonly Uint8Array[];
}

export interface NameSpec {
  /** A built-in name's number, or a name of its own. */
  readonly name: number | string;
  readonly formula?: Uint8Array;
}

/** `extra` records stand in the workbook's globals. */
export function workbookStream(
  sheets: readonly SheetSpec[],
  { names = [], extra = [] }: { names?: readonly NameSpec[]; extra?: readonly Uint8Array[] } = {},
): Uint8Array {
  const bodies = sheets.map(({ kind, formulas = [] }) =>
    bytes(
      bof(kind === "macro" ? 0x40 : 0x10),
      ...formulas.map((formula, row) => formulaRecord(row, formula)),
      eof,
    ),
  );
  const globals = (positions: readonly number[]) =>
    bytes(
      bof(5),
      record(0x42, le16(1200)),
      ...sheets.map(({ name, kind, visibility = 0 }, i) =>
        record(
          0x85,
          bytes(le32(positions[i] ?? 0), visibility, kind === "macro" ? 1 : 0, name.length, 0, name),
        ),
      ),
      ...extra,
      ...names.map(nameRecord),
      eof,
    );
  const start = globals([]).length;
  const positions = bodies.map(
    (_, i) => start + bodies.slice(0, i).reduce((sum, { length }) => sum + length, 0),
  );
  return bytes(globals(positions), ...bodies);
}

function formulaRecord(row: number, formula: Uint8Array): Uint8Array {
  return record(
    0x06,
    bytes(le16(row), le16(0), le16(15), new Uint8Array(8), le16(0), le32(0), le16(formula.length), formula),
  );
}

function nameRecord({ name, formula = bytes() }: NameSpec): Uint8Array {
  const isBuiltIn = typeof name === "number";
  const text = isBuiltIn ? Uint8Array.of(name) : bytes(name);
  return record(
    0x18,
    bytes(
      le16(isBuiltIn ? 0x21 : 1),
      0,
      text.length,
      le16(formula.length),
      le16(0),
      le16(0),
      le32(0),
      0,
      text,
      formula,
    ),
  );
}

/** Tokens. */
export const token = {
  text: (value: string) => bytes(0x17, value.length, 0, value),
  wideText: (value: string) => bytes(0x17, value.length, 1, wide(value)),
  number: (value: number) => bytes(0x1e, le16(value)),
  concatenate: bytes(0x08),
  call: (id: number, count: number) => bytes(0x22, count, le16(id)),
  callFixed: (id: number) => bytes(0x21, le16(id)),
  command: (id: number, count: number) => bytes(0x22, count, le16(id | 0x8000)),
  cell: (row: number, column: number) => bytes(0x24, le16(row), le16(column)),
};

/** A DDE link: the program, the character 3, the topic. */
export function ddeBook(service: string, topic: string): Uint8Array {
  const path = `${service}\u0003${topic}`;
  return record(0x1ae, bytes(le16(0), le16(path.length), 0, path));
}
