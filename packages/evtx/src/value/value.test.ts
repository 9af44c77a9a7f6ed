import { expect, test } from "vitest";
import type { Scalar, ValueTypeName } from "../../../../tools/evtx-writer/writer.ts";
import { raw, readOne, someGuid, someTime } from "../../test/logs.ts";
import type { EvtxValue } from "./value.ts";

/** Writes one value into a Data element and reads it back. */
function roundTrip(type: ValueTypeName, value: Scalar | readonly Scalar[]): EvtxValue | undefined {
  const data = {
    name: "Data",
    attributes: [["Name", ["x"]]] as const,
    children: [{ slot: 0, type, array: Array.isArray(value) }],
  };
  return readOne(raw([{ name: "EventData", children: [data] }], [{ type, value }])).get("EventData.x");
}

const bytes = (...values: number[]) => Uint8Array.from(values);

test.each<[string, ValueTypeName, Scalar | readonly Scalar[], EvtxValue]>([
  ["int8", "int8", -5, -5],
  ["uint8", "uint8", 250, 250],
  ["int16", "int16", -300, -300],
  ["uint16", "uint16", 65_535, 65_535],
  ["int32", "int32", -70_000, -70_000],
  ["uint32", "uint32", 4_294_967_295, 4_294_967_295],
  ["int64 within 2^53", "int64", -9_007_199_254_740_991n, -9_007_199_254_740_991],
  ["int64 beyond 2^53", "int64", -9_007_199_254_740_993n, "-9007199254740993"],
  ["uint64 beyond 2^53", "uint64", 18_446_744_073_709_551_615n, "18446744073709551615"],
  ["float", "float", 0.1, "0.1"],
  ["whole float", "float", 16_777_216, "16777216.0"],
  ["small float", "float", 1e-7, "1e-7"],
  ["double", "double", 0.1, "0.1"],
  ["large double", "double", 1e20, "1e+20"],
  ["negative zero", "double", -0, "-0.0"],
  ["not a number", "double", Number.NaN, "NaN"],
  ["infinite", "double", Number.POSITIVE_INFINITY, "inf"],
  ["true", "bool", true, true],
  ["false", "bool", false, false],
  ["irregular boolean", "bool", 5, 5],
  ["binary", "binary", bytes(0xab, 1), "AB01"],
  ["guid", "guid", someGuid, `{${someGuid}}`],
  ["pointer of 8 bytes", "sizet", 4096, "0x1000"],
  ["pointer of 4 bytes", "sizet", bytes(1, 2, 3, 4), "0x4030201"],
  ["filetime", "filetime", someTime, "2024-05-06T07:08:09.1234567Z"],
  ["systemtime", "systemtime", someTime, "2024-05-06T07:08:09.1230000Z"],
  ["sid", "sid", "S-1-5-21-1-2-3-500", "S-1-5-21-1-2-3-500"],
  ["sid with 48-bit authority", "sid", "S-1-4294967301-18", "S-1-4294967301-18"],
  ["hex32", "hex32", 0xabc, "0xabc"],
  ["hex64 of zero", "hex64", 0n, "0x0"],
  ["hex64", "hex64", 0x1_0000_00ffn, "0x1000000ff"],
  ["ansi", "ansi", "h\x80\xe9", "h\u20ac\u00e9"],
  ["string with all planes", "string", "a\u00e9\u2028\u{1f600}", "a\u00e9\u2028\u{1f600}"],
  ["string cut at its NUL", "string", "a\0b", "a"],
  ["lone surrogate", "string", "x\ud800y", "x\ud800y"],
  ["long string", "string", "long ".repeat(100), "long ".repeat(100)],
  ["empty string", "string", "", ""],
  ["null", "null", null, ""],
  ["strings", "string", ["a", "", "c"], ["a", "", "c"]],
  ["one string is no list", "string", ["a"], "a"],
  ["no strings", "string", [], ""],
  ["numbers", "uint32", [1, 2, 3], [1, 2, 3]],
  ["booleans", "bool", [true, false], [true, false]],
  ["booleans of which one is irregular", "bool", [true, 7], [1, 7]],
  ["guids", "guid", [someGuid, someGuid], [`{${someGuid}}`, `{${someGuid}}`]],
  ["sids", "sid", ["S-1-5-18", "S-1-5-32-544"], ["S-1-5-18", "S-1-5-32-544"]],
  ["ansi strings", "ansi", [bytes(0x61, 0), bytes(0x62, 0)], ["a", "b"]],
])("%s", (_name, type, value, expected) => {
  expect(roundTrip(type, value)).toEqual(expected);
});

test.each<[string, ValueTypeName, Uint8Array, EvtxValue]>([
  ["a number of the wrong size", "uint32", bytes(1, 2), "0102"],
  ["a guid cut short", "guid", bytes(1, 2, 3), "010203"],
  ["a sid whose count is wrong", "sid", bytes(1, 9, 0, 0, 0, 0, 0, 5), "0109000000000005"],
  ["a time of 4 bytes", "filetime", bytes(1, 0, 0, 0), "01000000"],
  ["a number of no bytes", "uint32", bytes(), ""],
  ["a string of odd size", "string", bytes(0x61, 0, 0x62), "a"],
])("malformed: %s gives its bytes", (_name, type, value, expected) => {
  expect(roundTrip(type, value)).toEqual(expected);
});
