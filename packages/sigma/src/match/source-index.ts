import type { EventSource } from "../event.ts";

/** Distinct sources are few in honest evidence; a hostile file could name a new channel in every record. */
const sourcesMax = 20_000;

interface Known<T> {
  readonly source: EventSource;
  readonly value: T;
}

/** One value per distinct event source. It is asked for every event, so it makes no text or object of the source. */
export class SourceIndex<T> {
  private byChannel = new Map<string | undefined, Map<number | undefined, Known<T>[]>>();
  private count = 0;

  get(source: EventSource): T | undefined {
    const list = this.byChannel.get(source.channel)?.get(source.eventId);
    if (list === undefined) return undefined;
    for (let at = 0; at < list.length; at++) {
      const known = list[at]!;
      if (hasSameFacets(known.source, source)) return known.value;
    }
    return undefined;
  }

  set(source: EventSource, value: T): void {
    if (++this.count > sourcesMax) {
      this.byChannel = new Map();
      this.count = 1;
    }
    let byId = this.byChannel.get(source.channel);
    if (byId === undefined) {
      byId = new Map();
      this.byChannel.set(source.channel, byId);
    }
    const list = byId.get(source.eventId);
    if (list === undefined) byId.set(source.eventId, [{ source, value }]);
    else list.push({ source, value });
  }
}

function hasSameFacets(left: EventSource, right: EventSource): boolean {
  return (
    left === right ||
    (left.product === right.product &&
      left.service === right.service &&
      isSameList(left.categories, right.categories))
  );
}

function isSameList(left: readonly string[] = [], right: readonly string[] = []): boolean {
  return left === right || (left.length === right.length && left.every((item, at) => item === right[at]));
}
