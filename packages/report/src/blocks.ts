import type { EntityState, Picture } from "@firebreak/model/picture";
import type { Severity } from "@firebreak/model/severity";

/** A piece of a line. A plain string is prose that may quote evidence; nothing here is escaped yet. */
export type Inline =
  | string
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "muted"; readonly text: string }
  | { readonly kind: "command"; readonly text: string }
  | { readonly kind: "cite"; readonly refs: readonly string[]; readonly omitted: number }
  | { readonly kind: "severity"; readonly severity: Severity }
  | { readonly kind: "confidence"; readonly confidence: number }
  | { readonly kind: "state"; readonly state: EntityState }
  | { readonly kind: "time"; readonly time: string | null }
  | { readonly kind: "period"; readonly first: string | null; readonly last: string | null }
  | { readonly kind: "link"; readonly to: string; readonly text: string }
  | { readonly kind: "anchor"; readonly id: string; readonly text: string }
  | { readonly kind: "break" };

export type Text = readonly Inline[];

export interface Column {
  readonly title: string;
  /** "number" is set right with aligned digits; "time" and "short" do not wrap; "wide" has the text people read. */
  readonly fit?: "number" | "time" | "short" | "wide";
}

/** One line of the timeline overview: marks and a span, in milliseconds since 1970. */
export interface Lane {
  readonly label: string;
  readonly severity: Severity | null;
  readonly span: readonly [number, number] | null;
  readonly marks: readonly number[];
}

export interface Step {
  readonly isMet: boolean;
  readonly text: Text;
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: Text }
  | { readonly kind: "list"; readonly items: readonly Text[] }
  | { readonly kind: "facts"; readonly items: readonly { term: string; text: Text }[] }
  | { readonly kind: "stats"; readonly items: readonly { label: string; value: string }[] }
  | { readonly kind: "steps"; readonly items: readonly Step[] }
  | {
      readonly kind: "callout";
      readonly tone: "sure" | "suspected" | "weak" | "note";
      readonly title: string;
      readonly blocks: readonly Block[];
    }
  | {
      readonly kind: "card";
      readonly id: string;
      readonly label: string;
      readonly severity: Severity;
      readonly title: string;
      readonly meta: Text;
      readonly blocks: readonly Block[];
    }
  | { readonly kind: "figure"; readonly caption: string; readonly lanes: readonly Lane[] }
  | {
      readonly kind: "table";
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly Text[])[];
      /** Long tables may be narrowed by typing, where the format can. */
      readonly canFilter?: true;
    };

export interface SectionContext {
  /** The case folder as the reader would type it in a command. */
  readonly casePath: string;
}

/** A part of every report. Renderers turn its blocks into their format; nothing is written twice. */
export interface Section {
  readonly id: string;
  readonly title: string;
  build(picture: Picture, context: SectionContext): Block[];
}

export const value = (text: string): Inline => ({ kind: "value", text });
export const strong = (text: string): Inline => ({ kind: "strong", text });
export const muted = (text: string): Inline => ({ kind: "muted", text });
export const time = (at: string | null | undefined): Inline => ({ kind: "time", time: at ?? null });
export const period = (first: string | null, last: string | null): Inline => ({
  kind: "period",
  first,
  last,
});
export const lineBreak: Inline = { kind: "break" };

/** The records behind a statement. `omitted` more are in the case's store only. */
export function cite(events: readonly (string | { ref: string })[], omitted = 0): Inline {
  return { kind: "cite", refs: events.map((e) => (typeof e === "string" ? e : e.ref)), omitted };
}

export const paragraph = (...text: Inline[]): Block => ({ kind: "paragraph", text });
export const heading = (text: string): Block => ({ kind: "heading", text });
export const list = (items: readonly Text[]): Block => ({ kind: "list", items });
