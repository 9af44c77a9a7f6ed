import type { Answer } from "../answer.ts";
import { dayOf } from "../loose.ts";
import type { Reading } from "../reading.ts";
import type { CardSource } from "./card.ts";

/** One line of the card's list: what the source says, in words that cannot be taken for more than they are. */
export function sourceOf({ answer, reading }: { answer: Answer; reading?: Reading }): CardSource {
  return {
    provider: answer.provider,
    title: answer.title,
    part: answer.part,
    state: reading?.opinion === "unknown" ? "unknown" : answer.state,
    opinion: reading?.opinion ?? null,
    asked: answer.askedAt,
    kept: answer.keptAt,
    summary: summaryOf(answer, reading),
    detections: reading?.detections ?? null,
    firstSeen: reading?.firstSeen ?? null,
    lastSeen: reading?.lastSeen ?? null,
    link: reading?.link ?? null,
    evidence: answer.evidence,
    retryAfter: answer.retryAfter ?? null,
    tlp: reading?.tlp ?? null,
  };
}

function summaryOf(answer: Answer, reading: Reading | undefined): string {
  const asked = answer.askedAt === null ? `kept ${dayOf(answer.keptAt)}` : dayOf(answer.askedAt);
  if (reading === undefined) {
    switch (answer.state) {
      case "unknown":
        return `unknown to ${answer.title} as of ${asked}`;
      case "failed":
        return answer.retryAfter === undefined
          ? `failed: ${answer.detail}`
          : `failed, retry after ${answer.retryAfter}: ${answer.detail}`;
      case "not permitted":
        return `not permitted with this key: ${answer.detail}`;
      case "not asked":
        return `not asked: ${answer.detail}`;
      case "answered":
        return `answered on ${asked}, with nothing about this observable`;
    }
  }
  if (reading.opinion === "unknown") return `unknown to ${answer.title} as of ${asked}`;
  if (reading.opinion === "no detections") {
    const day = reading.contentAt === undefined ? asked : dayOf(reading.contentAt);
    const of = reading.detections === undefined ? "" : ` (0 of ${reading.detections.total})`;
    return `no detections as of ${day}${of}${reading.summary === "" ? "" : `; ${reading.summary}`}`;
  }
  const when = reading.contentAt ?? answer.askedAt;
  return `${reading.summary} (${when === null ? `${asked}; the answer states no date` : `as of ${dayOf(when)}`})`;
}

/** Those who said something first; by provider, then newest first: an older answer of the same source stands below the newer one. */
export function sourcesOrder(a: CardSource, b: CardSource): number {
  const isSilent = ({ kept }: CardSource) => kept === null;
  if (isSilent(a) !== isSilent(b)) return isSilent(a) ? 1 : -1;
  const key = ({ provider, part }: CardSource) => `${provider}\n${part}`;
  if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
  const left = a.asked ?? a.kept ?? "";
  const right = b.asked ?? b.kept ?? "";
  if (left !== right) return left < right ? 1 : -1;
  return (a.evidence ?? "") < (b.evidence ?? "") ? -1 : 1;
}
