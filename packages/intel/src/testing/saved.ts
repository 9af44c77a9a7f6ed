/** Reads a saved document as an import does: recognised by its content. */
import { readingsAbout } from "../answer.ts";
import { toDocument } from "../document.ts";
import { interpret } from "../interpret.ts";
import type { Observable } from "../observable.ts";
import { recogniseDocument } from "../providers/all.ts";
import type { Reading } from "../reading.ts";
import { savedRecord } from "./outside.ts";

/** `about` is what the person would have to say. */
export function readSaved(body: unknown, about: Observable | null = null) {
  const bytes = Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const provider = recogniseDocument(toDocument(bytes));
  if (provider === undefined) return { provider: undefined, answer: undefined };
  return { provider: provider.id, answer: interpret(provider, savedRecord(provider.id, { about }), bytes) };
}

/** The statement about one observable, with whose document it was and what came of it. */
export function savedReading(
  body: unknown,
  about: Observable,
  said: Observable | null = null,
): Partial<Reading> & { provider: string | undefined; state: string | undefined } {
  const { provider, answer } = readSaved(body, said);
  const readings = answer === undefined ? [] : readingsAbout(answer, about);
  return { provider, state: answer?.state, ...readings[0] };
}
