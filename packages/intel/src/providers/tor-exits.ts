import { latest, timeAt } from "../loose.ts";
import { type Observable, readTyped } from "../observable.ts";
import {
  type Document,
  type Provider,
  type ReadContext,
  type ReadDocument,
  unreadable,
  wrongShape,
} from "../provider.ts";
import { get } from "../question.ts";
import { type Reading, reading } from "../reading.ts";

const exitLine = /^ExitAddress (\S+) (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)/;

/** The Tor project's list of exits (https://check.torproject.org/exit-addresses). The state at the event's time is what counts. */
export const torExits = {
  id: "tor-exits",
  title: "Tor exit list",
  kind: "list",
  types: ["address"],
  base: { url: "https://check.torproject.org", variable: "FIREBREAK_TOR_EXITS_URL" },
  quota: [{ limit: 2, per: "hour" }],
  freshMs: 3_600_000,
  questions: () => [get("/exit-addresses", "list")],
  recognise: ({ text }) => /^ExitNode [0-9A-F]{40}\r?\n/.test(text.trimStart()),
  read,
} satisfies Provider;

function read({ text }: Document, context: ReadContext): ReadDocument {
  const exits = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const match = exitLine.exec(line);
    const address = readTyped("address", match?.[1] ?? bareAddress(line, context));
    if (address === undefined) continue;
    const time = latest([exits.get(address.value), timeAt(match?.[2])]);
    exits.set(address.value, time ?? "");
  }
  if (exits.size === 0) return unreadable("list", wrongShape);
  return {
    outcome: "answered",
    part: "list",
    readings: [],
    feedSize: exits.size,
    feed: (observable) => match(exits, observable),
  };
}

/** The bulk list is bare addresses, one a line: only what was asked of Tor, or named so, is read that way. */
function bareAddress(line: string, { part }: ReadContext): string | undefined {
  return part === "list" && /^[0-9a-f.:]{3,45}$/i.test(line.trim()) ? line.trim() : undefined;
}

function match(exits: ReadonlyMap<string, string>, observable: Observable): Reading | undefined {
  if (observable.type !== "address") return undefined;
  const time = exits.get(observable.value);
  if (time === undefined) return reading(observable, "no Tor exit on this list");
  return reading(observable, `a Tor exit${time === "" ? "" : `, last tested ${time}`}`, {
    labels: ["Tor exit"],
    weight: 10,
    shared: "a Tor exit: whoever used it cannot be told from others by the address",
    ...(time !== "" && { lastSeen: time, contentAt: time }),
  });
}
