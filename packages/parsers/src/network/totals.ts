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

/** Seconds as recorded → event.duration in nanoseconds. */
export function setSeconds(fields: Fields, recorded: string | undefined): void {
  if (recorded === undefined || !/^\d{1,7}$/.test(recorded)) return;
  fields["event.duration"] = Number(recorded) * 1e9;
}
