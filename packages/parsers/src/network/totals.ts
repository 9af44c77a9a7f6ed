import type { Fields } from "@firebreak/model/event";

/** network.bytes and network.packets from both sides, where both are numbers and the record gives no sum itself. */
export function addTotals(fields: Fields): void {
  const sent = fields["source.bytes"];
  const received = fields["destination.bytes"];
  if (typeof sent === "number" && typeof received === "number") fields["network.bytes"] ??= sent + received;
  const out = fields["source.packets"];
  const back = fields["destination.packets"];
  if (typeof out === "number" && typeof back === "number") fields["network.packets"] ??= out + back;
}

/** Takes off translated addresses that stand for "none". */
export function dropUnsetNat(fields: Fields): void {
  for (const side of ["source.nat.ip", "destination.nat.ip"]) {
    const ip = fields[side];
    if (ip === "0.0.0.0" || ip === "::") delete fields[side];
  }
  if (fields["source.nat.port"] === 0) delete fields["source.nat.port"];
  if (fields["destination.nat.port"] === 0) delete fields["destination.nat.port"];
}

/** Seconds as recorded → event.duration in nanoseconds. */
export function setSeconds(fields: Fields, recorded: string | undefined): void {
  if (recorded === undefined || !/^\d{1,7}$/.test(recorded)) return;
  fields["event.duration"] = Number(recorded) * 1e9;
}
