import type { EntityType, Finding, PictureEntity } from "@firebreak/model/picture";
import { severityRank } from "@firebreak/model/severity";
import type { Ground } from "@firebreak/model/triage";
import { firstGrounds, stated } from "../grounds.ts";
import { type Desk, open, type Question, type Suggestion } from "./question.ts";

const shown = 20;

const shownReasons = 3;
const moreThan = (count: number) => (count > shownReasons ? ` And ${count - shownReasons} more.` : "");

function findingGround({ severity, title, statement, events, eventsOmitted }: Finding): Ground {
  return {
    kind: "observation",
    text: `${severity}: ${title}. ${statement}`,
    events: events.slice(0, shown),
    eventsOmitted: eventsOmitted + Math.max(0, events.length - shown),
  };
}

function entityGround({ type, value, state, reasons, events, eventsOmitted }: PictureEntity): Ground {
  return {
    kind: "observation",
    text: `${type} ${value}: ${state}. ${reasons
      .slice(0, shownReasons)
      .map(({ text }) => text)
      .join(" ")}${moreThan(reasons.length)}`,
    events: events.slice(0, shown),
    eventsOmitted: eventsOmitted + Math.max(0, events.length - shown),
  };
}

const serious = (desk: Desk) =>
  desk.picture.findings.filter(({ severity }) => severityRank(severity) >= severityRank("medium"));

/** Nothing found is a statement about what was read. */
function nothing(desk: Desk, answer: string, wouldChange: string): Suggestion {
  const grounds = desk.picture.coverage.map(({ source, statement }) =>
    stated("coverage", `${source}: ${statement}`, source),
  );
  return grounds.length === 0
    ? open(wouldChange)
    : { answer, confidence: 40, for: firstGrounds(grounds, 30), against: [], wouldChange };
}

function found(
  answer: string,
  confidence: number,
  grounds: Ground[],
  wouldChange: string,
  techniques: string[] = [],
): Suggestion {
  return { answer, confidence, for: grounds, against: [], wouldChange, techniques };
}

export const sprintRedFlags = {
  kind: "sprint-red-flags",
  options: ["red flags found", "none in what was read"],
  async answer(desk) {
    const flags = serious(desk);
    const wouldChange =
      "Each red flag names its own alternatives; a source that was not collected may hold more.";
    if (flags.length === 0) return nothing(desk, "none in what was read", wouldChange);
    return found(
      "red flags found",
      Math.max(...flags.map(({ confidence }) => confidence)),
      firstGrounds(flags.map(findingGround), 25),
      wouldChange,
    );
  },
} satisfies Question;

/** Machines, then addresses, that may be compromised; the state and its reasons come from the picture. */
function entitiesQuestion(kind: string, type: EntityType, name: string) {
  return {
    kind,
    options: [`possibly compromised ${name} named`, "none in what was read"],
    async answer(desk: Desk) {
      const { networks } = desk.scene;
      const suspects = desk.picture.entities.filter(
        (one) =>
          one.type === type &&
          (one.state === "suspected" || one.state === "confirmed") &&
          (type !== "address" || networks.isInternal(one.value)),
      );
      const wouldChange = `Records of the ${name} themselves: who used them, what ran, whom they met.`;
      if (suspects.length === 0) return nothing(desk, "none in what was read", wouldChange);
      return found(
        `possibly compromised ${name} named`,
        Math.min(90, Math.max(...suspects.map(({ score }) => score)) + 20),
        firstGrounds(suspects.map(entityGround), 25),
        wouldChange,
      );
    },
  } satisfies Question;
}

export const sprintHosts = entitiesQuestion("sprint-hosts", "host", "hosts");
export const sprintAddresses = entitiesQuestion("sprint-addresses", "address", "addresses");

/** What must be researched before it may be said: ambiguous records, weak links, clocks, silent machines. */
export const sprintResearch = {
  kind: "sprint-research",
  options: ["open questions named", "none"],
  async answer(desk) {
    const wouldChange = "Each question names the query or the collection that answers it.";
    const cited = desk.picture.research
      .filter(({ events }) => events.length > 0)
      .map(
        ({ question, why, query, events }): Ground => ({
          kind: "observation",
          text: `${question} ${why} Next: ${query}`,
          events: events.slice(0, shown),
          eventsOmitted: Math.max(0, events.length - shown),
        }),
      );
    if (cited.length === 0) return nothing(desk, "none", wouldChange);
    return found("open questions named", 80, firstGrounds(cited, 30), wouldChange);
  },
} satisfies Question;

/** Traffic against the declared operating countries; undeclared, nothing is judged. */
export const sprintAbroad = {
  kind: "sprint-abroad",
  options: ["traffic outside the operating countries", "none in what was read"],
  async answer(desk) {
    const wouldChange = "A business partner abroad, declared in the profile.";
    if (desk.scene.profile.operatingCountries.length === 0)
      return open("A profile that declares the operating countries.");
    const abroad = desk.picture.findings.filter(({ title }) => /countr/i.test(title));
    if (abroad.length === 0) return nothing(desk, "none in what was read", wouldChange);
    const declared = stated(
      "profile",
      `Operating countries: ${desk.scene.profile.operatingCountries.join(", ")}.`,
      "organisation profile",
    );
    return found(
      "traffic outside the operating countries",
      70,
      [...abroad.map(findingGround), declared],
      wouldChange,
    );
  },
} satisfies Question;

/** ATT&CK techniques that findings show, each with its records. */
export const sprintTechniques = {
  kind: "sprint-techniques",
  options: ["techniques mapped", "none in what was read"],
  async answer(desk) {
    const byId = new Map<string, Finding[]>();
    for (const finding of serious(desk))
      for (const { id } of finding.techniques) byId.set(id, [...(byId.get(id) ?? []), finding]);
    const wouldChange = "A record that shows the behaviour otherwise than the finding reads it.";
    if (byId.size === 0) return nothing(desk, "none in what was read", wouldChange);
    const grounds = [...byId]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, findings]): Ground => {
        const events = [
          ...new Map(findings.flatMap((one) => one.events).map((event) => [event.ref, event])).values(),
        ];
        return {
          kind: "observation",
          text: `${id} ${desk.scene.attack.nameOf(id)}: ${findings
            .map(({ title }) => title)
            .slice(0, shownReasons)
            .join("; ")}.${moreThan(findings.length)}`,
          events: events.slice(0, shown),
          eventsOmitted: Math.max(0, events.length - shown),
        };
      });
    return found(
      "techniques mapped",
      75,
      firstGrounds(grounds, 40),
      wouldChange,
      [...byId.keys()].slice(0, 40),
    );
  },
} satisfies Question;

/** Plan only: which machines, accounts and addresses to isolate, disable or block, each for its own reasons. */
export const sprintContain = {
  kind: "sprint-contain",
  options: ["contain", "no containment needed"],
  async answer(desk) {
    const wouldChange =
      "A machine cleared by its own records, or a business task that its isolation would stop.";
    const targets = desk.picture.entities.filter(
      ({ type, state }) =>
        (state === "suspected" || state === "confirmed") &&
        (type === "host" || type === "account" || type === "address"),
    );
    if (targets.length === 0) return nothing(desk, "no containment needed", wouldChange);
    return found("contain", 65, firstGrounds(targets.map(entityGround), 25), wouldChange);
  },
} satisfies Question;

/** Whether notification must be assessed is a question for counsel, never answered by a tool. */
export const sprintNotify = {
  kind: "sprint-notify",
  options: ["question for counsel", "not indicated"],
  async answer(desk) {
    const { sector } = desk.scene.profile;
    const suspects = desk.picture.entities.filter(
      ({ type, state }) => type === "host" && (state === "suspected" || state === "confirmed"),
    );
    const wouldChange = "Which data the machines hold, and whether it was acquired or viewed.";
    if (suspects.length === 0 || sector === undefined)
      return open(
        `${wouldChange} A profile that names the sector.`,
        firstGrounds(suspects.map(entityGround), 5),
      );
    const duty = /health|clinic|hospital|medical/i.test(sector)
      ? "HIPAA (45 CFR 164.400-414): presumed a breach unless a four-factor assessment shows a low probability of compromise; individuals are told within 60 days of discovery."
      : "Breach notification law of the sector and the country (for example GDPR Art. 33: 72 hours from awareness).";
    return {
      answer: "question for counsel",
      confidence: 60,
      for: [
        stated("profile", `Sector: ${sector}. ${duty}`, "organisation profile"),
        ...firstGrounds(suspects.map(entityGround), 5),
      ],
      against: [],
      wouldChange,
    };
  },
} satisfies Question;
