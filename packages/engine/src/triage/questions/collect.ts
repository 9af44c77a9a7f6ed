import type { Ground } from "@firebreak/model/triage";
import { firstGrounds, fromAlert, observed, stated } from "../grounds.ts";
import { countRecords, nameOf } from "../records/pivot.ts";
import { type Desk, open, type Question } from "./question.ts";

/** What is known before anything is judged: the alert's parties, whose they are, and how often the records name them. */
export const collect = {
  kind: "collect",
  options: ["collected"],
  async answer(desk) {
    const { alert, scene } = desk;
    const grounds: Ground[] = [];
    for (const { observable, rows, count } of desk.pivots) {
      if (observable.role === "mentioned") continue;
      const text = `${observable.role} ${nameOf(observable)}: ${whose(desk, observable)}${countRecords(count)}.`;
      grounds.push(
        ...(rows.length > 0 ? observed(scene, text, rows, 5) : [fromAlert(alert, text, observable.field)]),
      );
    }
    for (const [field, value] of Object.entries(alert.fields)) {
      if (/trigger|reason|user.?agent|method|subject/i.test(field))
        grounds.push(fromAlert(alert, `${field}: ${value.slice(0, 300)}`, field));
    }
    if (grounds.length === 0)
      return open("An alert that names an address, a host, an account, a file or a URL.", [
        fromAlert(alert, "The alert names nothing that can be looked for.", undefined),
      ]);
    return {
      answer: "collected",
      confidence: 90,
      for: firstGrounds(grounds, 20),
      against: [],
      wouldChange: "Another field of the alert, or a source that was not collected.",
    };
  },
} satisfies Question;

function whose(desk: Desk, { type, value }: { type: string; value: string }): string {
  const { networks, geography, profile } = desk.scene;
  if (type !== "address") return "";
  if (networks.isInternal(value)) {
    const asset = profile.assets.find(({ addresses }) => addresses.includes(value));
    const names = desk.subject.aliasesOf(value);
    const role = asset?.role === undefined ? "" : `, ${asset.role}`;
    return `internal${names.length > 0 ? `, ${names.join(", ")}` : ""}${role}; `;
  }
  const country = geography.country(value);
  const owner = geography.autonomousSystem(value);
  return `external${country ? `, ${country}` : ""}${owner ? `, AS${owner.number} ${owner.name}` : ""}; `;
}

/** What the alert's device says, as a ground of its own. */
export function deviceGround(desk: Pick<Desk, "alert">, text: string): Ground {
  const field = Object.entries(desk.alert.fields).find(([name]) =>
    /action|detection.?status|remediation/i.test(name),
  )?.[0];
  return field === undefined
    ? stated("alert", text, `alert ${desk.alert.source}`)
    : fromAlert(desk.alert, text, field);
}
