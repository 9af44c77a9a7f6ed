import { type Json, numberAt, textAt } from "../../loose.ts";
import { readObservable } from "../../observable.ts";
import { answered, type ReadDocument, unreadable, wrongShape } from "../../provider.ts";
import { type Judgement, type Reading, reading, relation } from "../../reading.ts";

const reputations: readonly (Judgement & { words: string })[] = [
  { opinion: "context", weight: 0, words: "without a verdict" },
  { opinion: "suspicious", weight: 35, words: "suspicious" },
  { opinion: "malicious", weight: 70, words: "malicious" },
];

/** The main object is the sample; the others are what it dropped and talked to. */
export function readIndicators(rows: readonly Json[]): ReadDocument {
  const found = rows.flatMap((row) => {
    const observable = readObservable(textAt(row, "ioc"));
    return observable === undefined ? [] : [{ row, observable }];
  });
  const isMain = ({ row }: { row: Json }) => /main object/i.test(textAt(row, "category") ?? "");
  const main = found.filter(isMain).map(({ observable }) => observable);
  const subject = main.find(({ value }) => value.length === 64) ?? main[0];
  const relations = found
    .filter((one) => !isMain(one))
    .flatMap(({ row, observable }) =>
      relation(observable.type === "hash" ? "dropped" : "contacted", observable, {
        detail: textAt(row, "name") ?? textAt(row, "category"),
      }),
    );
  const readings = found
    .filter((one) => subject === undefined || !isMain(one) || one.observable === subject)
    .map(({ row, observable }): Reading => {
      const judged = reputations[numberAt(row, "reputation") ?? 0] ?? reputations[0]!;
      const isSubject = observable === subject;
      return reading(
        observable,
        `${judged.words} in a sandbox run (${(textAt(row, "category") ?? "indicator").toLowerCase()})`,
        {
          opinion: judged.opinion,
          weight: judged.weight,
          ...(isSubject && {
            aliases: main.filter((one) => one !== subject && one.type === "hash"),
            relations,
            isCapability: true as const,
          }),
        },
      );
    });
  return readings.length === 0 ? unreadable("indicators", wrongShape) : answered("indicators", readings);
}
