import { describe, expect, it } from "vitest";
import { alertKinds } from "../alerts/alert.ts";
import { checkPlaybook } from "./cacao/check.ts";
import { type CacaoPlaybook, questionExtension } from "./cacao/document.ts";
import { builtInPlaybooks, choosePlaybook, problemsOf, readPlaybook } from "./playbook.ts";
import { questions } from "./questions/all.ts";
import { caseKey, walk } from "./walk.ts";

const copy = (name: string) =>
  structuredClone(choosePlaybook(builtInPlaybooks(), "", name).document) as CacaoPlaybook &
    Record<string, unknown>;
const asked = (document: CacaoPlaybook, answers: Record<string, string> = {}) =>
  [...walk(document, (kind) => answers[kind])].map(({ kind }) => kind);

describe("the playbooks that ship", () => {
  it.each(builtInPlaybooks().map((one) => [one.name, one] as const))(
    "%s is valid CACAO 2.0 and offers insufficient evidence everywhere",
    (_, { document }) => {
      expect(checkPlaybook(document)).toEqual([]);
      expect(problemsOf(document)).toEqual([]);
      const steps = Object.values(document.workflow).filter(({ type }) => type === "action");
      for (const step of steps)
        expect(step.step_extensions![questionExtension]!.answer_options).toContain("insufficient evidence");
      expect(readPlaybook(JSON.stringify(document), "again").document).toEqual(document);
    },
  );
  it("fit every kind of alert, and use every kind of question", () => {
    for (const kind of alertKinds) expect(choosePlaybook(builtInPlaybooks(), kind).kinds).toContain(kind);
    const used = new Set(
      builtInPlaybooks().flatMap(({ document }) =>
        Object.values(document.workflow).map((step) =>
          String(step.step_extensions?.[questionExtension]?.question_kind),
        ),
      ),
    );
    expect([...questions.keys()].filter((kind) => !used.has(kind))).toEqual([]);
  });
  it("branch by answers and come back behind the branch", () => {
    const { workflow } = copy("malware-file");
    expect(Object.keys(workflow).length).toBeGreaterThan(5);
    expect(asked(copy("malware-file"), { "file-malicious": "non-malicious" })).toEqual([
      "first-sign",
      "device-stopped",
      "file-malicious",
      "contain",
    ]);
    expect(asked(copy("malware-file"), { "file-malicious": "malicious" })).toEqual([
      "first-sign",
      "device-stopped",
      "file-malicious",
      "far-end-accessed",
      "contain",
    ]);
    expect(asked(copy("phishing"), { "mail-parts": "no" })).toEqual(["mail-suspicious", "mail-parts"]);
    expect(asked(copy("web-attack"))).toHaveLength(8);
  });
});

describe("checkPlaybook", () => {
  const action = (document: CacaoPlaybook) =>
    Object.entries(document.workflow).find(([, { type }]) => type === "action")!;
  it.each<[string, (document: CacaoPlaybook & Record<string, unknown>) => void, RegExp]>([
    [
      "another version",
      (d) => {
        d.spec_version = "1.1" as never;
      },
      /spec_version.*must be "cacao-2.0"/,
    ],
    [
      "no author",
      (d) => {
        delete (d as Partial<CacaoPlaybook>).created_by;
      },
      /created_by.*required/,
    ],
    [
      "an id of another type",
      (d) => {
        d.id = d.created_by;
      },
      /\/id.*playbook--UUID/,
    ],
    [
      "a member of its own",
      (d) => {
        d.colour = "red";
      },
      /colour.*no member/,
    ],
    [
      "a time with an offset",
      (d) => {
        d.created = "2026-11-28T00:00:00+01:00";
      },
      /created.*RFC 3339/,
    ],
    [
      "a priority of 101",
      (d) => {
        d.priority = 101;
      },
      /priority.*0 to 100/,
    ],
    [
      "a step without an agent",
      (d) => {
        delete action(d)[1].agent;
      },
      /agent.*required/,
    ],
    [
      "an agent that is nowhere",
      (d) => {
        action(d)[1].agent = d.id;
      },
      /not defined in agent_definitions/,
    ],
    [
      "a step that leads to nothing",
      (d) => {
        action(d)[1].on_completion = d.id;
      },
      /no step of the workflow/,
    ],
    [
      "a step under a foreign id",
      (d) => {
        const [id, step] = action(d);
        d.workflow[id.replace("action", "end")] = step;
      },
      /must be action--UUID/,
    ],
    [
      "a start that is none",
      (d) => {
        d.workflow_start = action(d)[0];
      },
      /must name a start step/,
    ],
    [
      "an end that goes on",
      (d) => {
        Object.values(d.workflow).find(({ type }) => type === "end")!.on_completion = action(d)[0];
      },
      /leads nowhere/,
    ],
    [
      "completion and success at once",
      (d) => {
        action(d)[1].on_success = action(d)[1].on_completion!;
      },
      /excludes/,
    ],
    [
      "a variable without underscores",
      (d) => {
        d.playbook_variables!.answer = { type: "string" };
      },
      /variable's name/,
    ],
    [
      "a listed activity that no step carries",
      (d) => {
        (d.playbook_activities as string[]).push("deliver-content");
      },
      /no step carries the activity "deliver-content"/,
    ],
    [
      "a summary that is no flag",
      (d) => {
        Object.assign(d, { playbook_processing_summary: { switch_logic: "yes" } });
      },
      /switch_logic: expected true or false/,
    ],
    [
      "an island",
      (d) => {
        d.workflow["end--11111111-1111-4111-8111-111111111111"] = { type: "end" };
      },
      /never reached/,
    ],
    [
      "options without insufficient evidence",
      (d) => {
        (action(d)[1].step_extensions![questionExtension]!.answer_options as string[]).pop();
      },
      /must be among the options/,
    ],
    [
      "a kind that nobody answers",
      (d) => {
        action(d)[1].step_extensions![questionExtension]!.question_kind = "horoscope";
      },
      /no such kind/,
    ],
    [
      "an answer of its own",
      (d) => {
        (action(d)[1].step_extensions![questionExtension]!.answer_options as string[]).push("maybe");
      },
      /is no answer to/,
    ],
  ])("%s", (_, spoil, message) => {
    const document = copy("proxy-url");
    spoil(document);
    const problems = problemsOf(document).map(({ place, problem }) => `${place}: ${problem}`);
    expect(problems.join("\n")).toMatch(message);
  });
  it.each([[null], [[]], ["text"], [7], [{}], [{ workflow: [] }], [{ workflow: { a: null } }]])(
    "tells what is wrong with %j",
    (value) => {
      expect(checkPlaybook(value).length).toBeGreaterThan(0);
    },
  );
});

describe("walk", () => {
  const id = (type: string, n: number) =>
    `${type}--${String(n).padStart(8, "0")}-0000-4000-8000-000000000000`;
  const document = (workflow: CacaoPlaybook["workflow"]) => ({
    ...copy("proxy-url"),
    workflow,
    workflow_start: id("start", 1),
  });
  it("runs the branches of a parallel step one after the other, and both sides of an if", () => {
    const plan = document({
      [id("start", 1)]: { type: "start", on_completion: id("parallel", 2) },
      [id("parallel", 2)]: {
        type: "parallel",
        next_steps: [id("action", 3), id("action", 4)],
        on_completion: id("if-condition", 5),
      },
      [id("action", 3)]: { type: "action", name: "three", on_completion: id("end", 9) },
      [id("action", 4)]: { type: "action", name: "four", on_completion: id("end", 9) },
      [id("if-condition", 5)]: {
        type: "if-condition",
        condition: "__answer_manual__:value = 'done'",
        on_true: id("action", 6),
        on_false: id("action", 7),
      },
      [id("action", 6)]: { type: "action", name: "yes", on_completion: id("end", 9) },
      [id("action", 7)]: { type: "action", name: "no", on_completion: id("end", 9) },
      [id("end", 9)]: { type: "end" },
    });
    const names = (answer: string) => [...walk(plan, () => answer)].map(({ question }) => question);
    expect(names("done")).toEqual(["three", "four", "yes"]);
    expect(names("not done")).toEqual(["three", "four", "no"]);
  });
  it("stops a workflow that loops", () => {
    const loop = document({
      [id("start", 1)]: { type: "start", on_completion: id("action", 2) },
      [id("action", 2)]: { type: "action", name: "again", on_completion: id("action", 2) },
    });
    expect([...walk(loop, () => undefined)].length).toBeLessThan(1000);
  });
  it("makes case keys of answers", () => expect(caseKey("true positive")).toBe("true-positive"));
});
