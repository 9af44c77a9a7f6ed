import type { Ground } from "@firebreak/model/triage";
import { firstGrounds, fromAlert, observed } from "../grounds.ts";
import { attackersOf } from "../records/web-requests.ts";
import { answerOf, type Desk, groundsOf, open, type Question } from "./question.ts";

/** Which way the traffic went. */
export const direction = {
  kind: "direction",
  options: ["internet to company", "company to internet", "company to company"],
  async answer(desk) {
    const { networks } = desk.scene;
    const addresses = desk.alert.observables.filter(
      ({ type, role }) => type === "address" && role !== "mentioned",
    );
    const sources = attackersOf(desk);
    const targets = addresses.filter(({ value }) => !sources.includes(value));
    const source = sources[0];
    if (source === undefined) return open("The source and the destination of the traffic.");
    const isFromInside = networks.isInternal(source);
    const isToInside =
      targets.length > 0 ? targets.some(({ value }) => networks.isInternal(value)) : !isFromInside;
    if (!isFromInside && !isToInside)
      return open("Which of the two addresses is the organisation's: declare its networks in the profile.");
    const rows = desk.pivots.find(({ observable }) => observable.value === source)?.rows ?? [];
    const grounds: Ground[] = [
      fromAlert(
        desk.alert,
        `${source} is ${isFromInside ? "internal" : "external"}.`,
        desk.alert.observables.find(({ value }) => value === source)?.field,
      ),
      ...firstGrounds(
        targets.map(({ value, field }) =>
          fromAlert(
            desk.alert,
            `${value} is ${networks.isInternal(value) ? "internal" : "external"}.`,
            field,
          ),
        ),
        2,
      ),
      ...observed(desk.scene, "Records of the source.", rows, 5),
    ];
    const answer = !isFromInside
      ? "internet to company"
      : isToInside
        ? "company to company"
        : "company to internet";
    return {
      answer,
      confidence: 90,
      for: grounds,
      against: [],
      wouldChange: "A profile that declares the address otherwise, or a device that translates it.",
    };
  },
} satisfies Question;

/** Is the source the organisation's own? */
export const sourceSide = {
  kind: "source-side",
  options: ["internal", "external"],
  async answer(desk) {
    const source = attackersOf(desk)[0];
    if (source === undefined) return open("The address that the attempts came from.");
    const isInternal = desk.scene.networks.isInternal(source);
    const field = desk.alert.observables.find(({ value }) => value === source)?.field;
    const owner = desk.scene.geography.autonomousSystem(source);
    const country = desk.scene.geography.country(source);
    return {
      answer: isInternal ? "internal" : "external",
      confidence: desk.scene.profile.declared ? 95 : 85,
      for: [
        fromAlert(
          desk.alert,
          `${source} ${isInternal ? "lies in the organisation's networks" : "lies outside the organisation's networks"}${country ? `, ${country}` : ""}${owner ? `, AS${owner.number} ${owner.name}` : ""}.`,
          field,
        ),
      ],
      against: [],
      wouldChange: "A profile that declares the address otherwise.",
    };
  },
} satisfies Question;

/** Does the case need the second tier? When it succeeded, or an internal machine must be contained. */
export const escalate = {
  kind: "escalate",
  options: ["yes", "no"],
  async answer(desk) {
    const reasons = [
      ...(answerOf(desk, "web-success") === "yes" ? groundsOf(desk, "web-success") : []),
      ...(answerOf(desk, "contain") === "contain" ? groundsOf(desk, "contain") : []),
    ];
    const wouldChange = "Another answer to whether it succeeded.";
    if (reasons.length > 0)
      return { answer: "yes", confidence: 75, for: firstGrounds(reasons, 6), against: [], wouldChange };
    if (answerOf(desk, "web-success") === "no")
      return { answer: "no", confidence: 70, for: groundsOf(desk, "web-success"), against: [], wouldChange };
    return open(wouldChange);
  },
} satisfies Question;

/** The review questions of NIST SP 800-61r2 §3.4: people answer them; the records only say what they cannot. */
export const lessons = {
  kind: "lessons",
  options: ["recorded"],
  async answer(desk: Desk) {
    return open(
      "What happened and at what times; how well staff acted; what would be done differently; which measure prevents it. Answer as a judgement with its reason.",
      desk.alert.time ? [fromAlert(desk.alert, `Detected at ${desk.alert.time.iso}.`, undefined)] : [],
    );
  },
} satisfies Question;
