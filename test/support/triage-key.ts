import type { Ground, TriageDocument } from "@firebreak/model/triage";
import { expect, it } from "vitest";

/** The `triage` part of an example's answer key. */
export interface TriageKey {
  playbook: string;
  verdict: string;
  steps: { kind: string; answer: string; cites?: string[]; kinds?: string[]; says?: string[] }[];
  scope: { value: string; volunteered: boolean; direction?: string; gap?: string }[];
  artifacts: { value: string; role: string }[];
  says: string[][];
  never: string[];
}

const isCited = ({ events, source }: Ground) => events.length > 0 || Boolean(source);

/** Holds a triage against its key: answers, what they stand on, scope, artifacts, and what must not be said. */
export function holdsTriage(key: TriageKey, read: () => TriageDocument): void {
  it("is worked by the playbook that fits, to the verdict", () => {
    expect(read().playbook.name).toBe(key.playbook);
    expect(read().verdict.value).toBe(key.verdict);
  });
  it.each(key.steps)("step $kind: $answer", ({ kind, answer, cites = [], kinds = [], says = [] }) => {
    const step = read().steps.find((one) => one.kind === kind);
    expect(step?.answer).toBe(answer);
    expect(step!.options).toContain("insufficient evidence");
    const paths = step!.for.flatMap(({ events }) => events.map(({ path }) => path));
    for (const file of cites) expect(paths.some((path) => path.endsWith(file))).toBe(true);
    for (const ground of kinds) expect(step!.for.map((one) => one.kind)).toContain(ground);
    const text = step!.for.map((one) => one.text).join("\n");
    for (const part of says) expect(text).toContain(part);
  });
  it.each(key.scope)("scope: $value", (wanted) => {
    const { gap, ...rest } = wanted;
    const found = read().scope.find(({ value }) => value === wanted.value);
    expect(found).toMatchObject(rest);
    if (gap !== undefined) expect(found!.gap).toContain(gap);
    expect(["suspected", "confirmed"]).toContain(found!.state);
  });
  it.each(key.artifacts)("artifact: $value, $role", (wanted) => {
    expect(read().artifacts).toContainEqual(expect.objectContaining(wanted));
  });
  it("cites every answer, and says what it must", () => {
    const { steps, note, ...rest } = read();
    for (const step of steps) {
      if (step.answer === "insufficient evidence") continue;
      expect(step.for.some(isCited)).toBe(true);
      expect(step.wouldChange).not.toBe("");
    }
    const text = JSON.stringify([steps, note, rest]);
    for (const parts of key.says) for (const part of parts) expect(text).toContain(part);
  });
  it("falls into no trap", () => {
    const { steps, scope, verdict, artifacts, note } = read();
    const claims = JSON.stringify([
      steps.map((step) => [step.answer, step.for.map(({ text }) => text)]),
      scope.map(({ value, reason }) => [value, reason]),
      verdict,
      artifacts.map(({ value, role }) => [value, role]),
      note,
    ]);
    for (const text of key.never) expect(claims).not.toContain(text);
  });
}
