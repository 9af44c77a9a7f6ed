import type { Answer } from "../answer.ts";
import { hostOf, isSame, type Observable } from "../observable.ts";
import type { Reading } from "../reading.ts";
import type { Reason } from "./card.ts";
import { dampForShared, sharedRemark } from "./shared.ts";

const mostOfUrls = 45;
const mostOfHost = 45;

/** What is said of URLs on a host counts for the host, and what is said of the host for its URLs; neither in full. */
export function hostReasons(observable: Observable, answers: readonly Answer[], isShared: boolean): Reason[] {
  if (observable.type === "url") return fromHost(observable, answers);
  if (observable.type !== "domain" && observable.type !== "address") return [];
  return fromUrls(observable, answers, isShared);
}

function fromUrls(host: Observable, answers: readonly Answer[], isShared: boolean): Reason[] {
  const found = judged(answers, (about) => {
    const of = about.type === "url" ? hostOf(about.value) : undefined;
    return of !== undefined && isSame(of, host);
  });
  const urls = new Set(found.map(({ reading }) => reading.about.value));
  const best = found[0];
  if (best === undefined) return [];
  const full = Math.min(mostOfUrls, best.reading.weight);
  return [
    {
      text: `${urls.size === 1 ? "A URL on it is" : `${urls.size} URLs on it are`} judged ${best.reading.opinion}: ${best.answer.title}: ${best.reading.about.value.slice(0, 200)}, ${best.reading.summary}.${isShared ? sharedRemark : ""}`,
      weight: isShared ? dampForShared(full) : full,
      provider: best.answer.provider,
      evidence: best.answer.evidence,
      events: [],
    },
  ];
}

function fromHost(url: Observable, answers: readonly Answer[]): Reason[] {
  const host = hostOf(url.value);
  if (host === undefined) return [];
  const best = judged(answers, (about) => isSame(about, host))[0];
  if (best === undefined) return [];
  return [
    {
      text: `Its host ${host.value} is judged ${best.reading.opinion}: ${best.answer.title}: ${best.reading.summary}.`,
      weight: Math.min(mostOfHost, best.reading.weight),
      provider: best.answer.provider,
      evidence: best.answer.evidence,
      events: [],
    },
  ];
}

/** Statements against observables that pass, the heaviest first. */
function judged(
  answers: readonly Answer[],
  passes: (about: Observable) => boolean,
): { answer: Answer; reading: Reading }[] {
  return answers
    .flatMap((answer) => answer.readings.map((reading) => ({ answer, reading })))
    .filter(
      ({ reading }) =>
        (reading.opinion === "malicious" || reading.opinion === "suspicious") && passes(reading.about),
    )
    .sort(
      (a, b) =>
        b.reading.weight - a.reading.weight || (a.reading.about.value < b.reading.about.value ? -1 : 1),
    );
}
