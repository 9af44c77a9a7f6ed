import { parse as parseYaml } from "yaml";

/** The answer key of a drill: what a good triage concludes, why, and what each wrong answer overlooked. */
export interface DrillKey {
  title: string;
  /** What the drill is for, told after the score. */
  teaches: string;
  trap: boolean;
  answers: KeyAnswer[];
  scope: { value: string; because: string }[];
  verdict: { accept: string[]; because: string; wrong: Record<string, string> };
  timing: {
    /** When it happened, brought to UTC: the clock's traps are here. */
    happened?: { value: string; first?: string; last?: string };
    /** From taking to closing. */
    closeWithinMinutes?: number;
  };
}

export interface KeyAnswer {
  kind: string;
  accept: string[];
  /** Sources, by the end of their path, that the answer must cite. */
  cites: string[];
  because: string;
  /** Wrong answer → what it overlooked. */
  wrong: Record<string, string>;
}

export function readKey(text: string): DrillKey {
  const raw = parseYaml(text) as Partial<DrillKey>;
  return {
    title: raw.title ?? "",
    teaches: raw.teaches ?? "",
    trap: raw.trap === true,
    answers: (raw.answers ?? []).map((one) => ({ ...one, cites: one.cites ?? [], wrong: one.wrong ?? {} })),
    scope: raw.scope ?? [],
    verdict: { ...raw.verdict!, wrong: raw.verdict?.wrong ?? {} },
    timing: raw.timing ?? {},
  };
}
