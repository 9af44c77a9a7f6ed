import type { Diagnostic } from "../types.ts";
import type { CorrelationRule } from "./types.ts";

/** What a reference is looked up by. */
export interface RuleIdentity {
  readonly id: string;
  readonly name?: string;
  readonly path?: string;
}

/** One entry of `rules`, found. */
export interface CorrelationInput {
  /** As the correlation writes it. */
  readonly written: string;
  readonly id: string;
  readonly name?: string;
  /** Set when the entry is itself a correlation. */
  readonly correlation?: CorrelationRule;
}

export interface ResolvedCorrelation {
  readonly correlation: CorrelationRule;
  /** In the order of `rules`. */
  readonly inputs: readonly CorrelationInput[];
}

export interface Resolution {
  /** Usable correlations, inner before outer. */
  readonly resolved: readonly ResolvedCorrelation[];
  /** Ids of what a usable correlation with `generate: false` names. */
  readonly silenced: ReadonlySet<string>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Looks up the ids and names in `rules` and puts inner correlations before outer ones. A correlation with a reference
 * that is missing or ambiguous, that refers to itself by any path, or that needs a refused one, is refused.
 */
export function resolveCorrelations(
  correlations: readonly CorrelationRule[],
  rules: readonly RuleIdentity[],
): Resolution {
  const diagnostics: Diagnostic[] = [];
  const find = indexOf(correlations, rules);
  const open = new Map<CorrelationRule, ResolvedCorrelation>();
  const refused = new Set<CorrelationRule>();
  for (const correlation of correlations) {
    const inputs = inputsOf(correlation, find, diagnostics);
    if (inputs === undefined) refused.add(correlation);
    else open.set(correlation, { correlation, inputs });
  }
  const resolved = takeInOrder(open, refused, diagnostics);
  reportRecursion(open, diagnostics);
  const silenced = new Set<string>();
  for (const { correlation, inputs } of resolved) {
    if (!correlation.generate) for (const input of inputs) silenced.add(input.id);
  }
  return { resolved, silenced, diagnostics };
}

type Candidate = RuleIdentity & { readonly correlation?: CorrelationRule };
type Find = (reference: string) => readonly Candidate[];

function indexOf(correlations: readonly CorrelationRule[], rules: readonly RuleIdentity[]): Find {
  const byId = new Map<string, Candidate>();
  const byName = new Map<string, Candidate[]>();
  const add = (candidate: Candidate) => {
    const id = candidate.id.toLowerCase();
    if (!byId.has(id)) byId.set(id, candidate);
    if (candidate.name === undefined) return;
    const known = byName.get(candidate.name);
    if (known === undefined) byName.set(candidate.name, [candidate]);
    else if (!known.some((item) => item.id === candidate.id)) known.push(candidate);
  };
  for (const rule of rules) add(rule);
  for (const correlation of correlations) {
    const { id, name, path } = correlation;
    add(name === undefined ? { id, path, correlation } : { id, name, path, correlation });
  }
  return (reference) => {
    const found = byId.get(reference.toLowerCase());
    return found === undefined ? (byName.get(reference) ?? []) : [found];
  };
}

function inputsOf(
  correlation: CorrelationRule,
  find: Find,
  diagnostics: Diagnostic[],
): CorrelationInput[] | undefined {
  const inputs: CorrelationInput[] = [];
  let isComplete = true;
  for (const written of correlation.rules) {
    const all = find(written);
    // A name is unique per correlation, not per world: the same file goes first.
    const near = all.length > 1 ? all.filter((item) => item.path === correlation.path) : all;
    const found = near.length === 1 ? near[0] : undefined;
    if (found === undefined) {
      const code = all.length === 0 ? "unknown-rule" : "ambiguous-rule";
      const what = all.length === 0 ? "no rule has this id or name" : `${all.length} rules have this name`;
      diagnostics.push(refusal(correlation, code, `"${written.slice(0, 100)}": ${what}.`));
      isComplete = false;
    } else inputs.push(inputFrom(written, found));
  }
  return isComplete ? inputs : undefined;
}

function inputFrom(written: string, found: Candidate): CorrelationInput {
  return {
    written,
    id: found.id,
    ...(found.name === undefined ? {} : { name: found.name }),
    ...(found.correlation === undefined ? {} : { correlation: found.correlation }),
  };
}

/** Takes out of `open`, round by round, what needs only rules and correlations already taken. */
function takeInOrder(
  open: Map<CorrelationRule, ResolvedCorrelation>,
  refused: Set<CorrelationRule>,
  diagnostics: Diagnostic[],
): ResolvedCorrelation[] {
  const taken: ResolvedCorrelation[] = [];
  for (let size = -1; size !== open.size; ) {
    size = open.size;
    for (const [correlation, item] of open) {
      const inner = item.inputs.flatMap((input) => input.correlation ?? []);
      const broken = inner.find((needed) => refused.has(needed));
      if (broken !== undefined) {
        open.delete(correlation);
        refused.add(correlation);
        const message = `It needs "${broken.title.slice(0, 100)}", which was refused.`;
        diagnostics.push(refusal(correlation, "refused-inner-correlation", message));
      } else if (!inner.some((needed) => open.has(needed))) {
        open.delete(correlation);
        taken.push(item);
      }
    }
  }
  return taken;
}

/** What is left goes round in a circle, or needs something that does. */
function reportRecursion(open: Map<CorrelationRule, ResolvedCorrelation>, diagnostics: Diagnostic[]): void {
  for (const { correlation } of open.values()) {
    const isCircle = reaches(open, correlation);
    const code = isCircle ? "recursive-correlation" : "refused-inner-correlation";
    const message = isCircle
      ? "The correlation refers to itself, directly or through others."
      : "It needs a correlation that refers to itself.";
    diagnostics.push(refusal(correlation, code, message));
  }
}

function reaches(open: Map<CorrelationRule, ResolvedCorrelation>, start: CorrelationRule): boolean {
  const seen = new Set<CorrelationRule>();
  const waiting = [start];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const { correlation } of open.get(at)?.inputs ?? []) {
      if (correlation === start) return true;
      if (correlation === undefined || seen.has(correlation)) continue;
      seen.add(correlation);
      waiting.push(correlation);
    }
  }
  return false;
}

function refusal(correlation: CorrelationRule, code: string, message: string): Diagnostic {
  return { code, severity: "error", message, file: correlation.path, line: correlation.line };
}
