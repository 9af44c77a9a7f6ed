import { createInterface, type Interface } from "node:readline/promises";
import type { GivenAnswer } from "@firebreak/engine/triage/answer";
import type { TriageStep } from "@firebreak/model/triage";
import { fitted } from "./fitted.ts";
import { say } from "./output.ts";
import { stepLines } from "./triage.ts";

let prompt: Interface | undefined;
/** Set by Ctrl-C or Ctrl-D: nothing more is asked, and what was answered stays. */
let hasEnded = false;

async function ask(question: string): Promise<string | undefined> {
  prompt ??= createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await prompt.question(question)).trim();
  } catch (error) {
    if ((error as { code?: string }).code !== "ABORT_ERR") throw error;
    hasEnded = true;
    say("\nStopped: what was answered is in the ledger, the other steps keep their suggestions.");
    return undefined;
  }
}

export function closePrompt(): void {
  prompt?.close();
  prompt = undefined;
}

/** Shows a step and asks for its answer: a number of the options; enter takes the suggestion; undefined leaves it as a suggestion. */
export async function askAnswer(step: TriageStep): Promise<GivenAnswer | undefined> {
  if (hasEnded) return undefined;
  for (const line of stepLines(step)) say(fitted(line));
  for (const [i, option] of step.options.entries()) say(`  ${i + 1}  ${option}`);
  for (;;) {
    const text = await ask("Number, enter for the suggestion, s to skip: ");
    if (text === undefined || text === "s") return undefined;
    const answer = text === "" ? step.suggested : step.options[Number(text) - 1];
    if (answer === undefined) {
      say(`"${text}" is no number from 1 to ${step.options.length}.`);
      continue;
    }
    if (answer === step.suggested) return { answer };
    const citations = await ask(
      "Event references that it rests on (space between them; empty for a judgement): ",
    );
    if (citations === undefined) return undefined;
    if (citations !== "") return { answer, citations: citations.split(/\s+/) };
    const reason = await ask("Reason (the answer is marked as judgement): ");
    if (reason === undefined) return undefined;
    if (reason !== "") return { answer, reason };
    say("An answer needs a record or a reason.");
  }
}
