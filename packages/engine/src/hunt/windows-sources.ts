import type { EventSource } from "@firebreak/sigma";

const sourcesMax = 50_000;

/** One object for each distinct source of Windows events, so that the matcher knows it by identity. */
export class WindowsSources {
  readonly #byChannel = new Map<string, Map<number, EventSource>>();
  #count = 0;

  of(channel: string | undefined, eventId: number): EventSource {
    if (channel === undefined) return unknownChannel;
    let byId = this.#byChannel.get(channel);
    if (byId === undefined) {
      byId = new Map();
      this.#byChannel.set(channel, byId);
    }
    let source = byId.get(eventId);
    if (source === undefined) {
      // A hostile file may name a new channel in every record.
      if (++this.#count > sourcesMax) {
        this.#byChannel.clear();
        this.#count = 0;
        return this.of(channel, eventId);
      }
      source = { product: "windows", channel, eventId };
      byId.set(eventId, source);
    }
    return source;
  }
}

const unknownChannel: EventSource = { product: "windows" };
