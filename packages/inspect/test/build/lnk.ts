import { bytes, guid, le16, le32, wide } from "./bytes.ts";

export interface LinkSpec {
  target?: string;
  args?: string;
  icon?: string;
  machine?: string;
  share?: string;
}

/** A shell link ([MS-SHLLINK]) with a local or network target, texts in UTF-16, and tracker data. */
export function lnk({ target = "", args = "", icon = "", machine = "", share = "" }: LinkSpec): Uint8Array {
  const hasInfo = target !== "" || share !== "";
  const flags = (hasInfo ? 2 : 0) | (args ? 32 : 0) | (icon ? 64 : 0) | 128;
  const header = bytes(
    le32(0x4c),
    guid("00021401-0000-0000-c000-000000000046"),
    le32(flags),
    le32(0x20),
    new Uint8Array(24),
    le32(1234),
    le32(0),
    le32(1),
    le16(0),
    new Uint8Array(10),
  );
  const text = (value: string) => bytes(le16(value.length), wide(value));
  const tracker = bytes(
    le32(0x60),
    le32(0xa0000003),
    le32(0x58),
    le32(0),
    machine.padEnd(16, "\0"),
    new Uint8Array(16),
    new Uint8Array(10),
    [2, 0, 0x5e, 0x10, 0, 0x53],
    new Uint8Array(32),
  );
  const volume = bytes(le32(17), le32(3), le32(0xcafe1234), le32(16), 0);
  const local = bytes(
    le32(28 + 17 + target.length + 2),
    le32(28),
    le32(1),
    le32(28),
    le32(45),
    le32(0),
    le32(46 + target.length),
    volume,
    target,
    0,
    0,
  );
  const network = bytes(
    le32(28 + 20 + share.length + 2),
    le32(28),
    le32(2),
    le32(0),
    le32(0),
    le32(28),
    le32(49 + share.length),
    le32(20 + share.length + 1),
    le32(2),
    le32(20),
    le32(0),
    le32(0x20000),
    share,
    0,
    0,
  );
  return bytes(
    header,
    hasInfo ? (share === "" ? local : network) : bytes(),
    args ? text(args) : bytes(),
    icon ? text(icon) : bytes(),
    machine ? tracker : bytes(),
    le32(0),
  );
}
