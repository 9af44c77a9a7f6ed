import { eventRef, type FieldValue, type ParsedEvent } from "@firebreak/model/event";
import { formatInstant } from "@firebreak/model/time";
import { type CorrelationMatch, citedEvents, createCorrelator, type RuleSet } from "@firebreak/sigma";
import type { EvidenceItem } from "../evidence/item.ts";
import { createDetector } from "./detector.ts";
import type { RuleText } from "./rule-files.ts";
import { loadRuleTexts } from "./rules.ts";

/** One line of `firebreak hunt`. Names as the field's tools write them. */
export interface HuntDetection {
  RuleId: string;
  RuleTitle: string;
  RuleLevel: string;
  Timestamp: string | null;
  Computer: FieldValue | null;
  Channel: FieldValue | null;
  EventID: FieldValue | null;
  RecordID: FieldValue | null;
  File: string | null;
  Offset: number | null;
  Event: string | null;
  Matched: Record<string, string>;
  /** For a correlation: the events that take part. */
  Events?: string[];
}

export type Report = (detection: HuntDetection) => void;

export interface Hunt {
  readonly ruleSet: RuleSet;
  event(event: ParsedEvent, item: EvidenceItem, report: Report): void;
  /** Ends the run: correlations are judged when all events are known. */
  finish(report: Report): void;
}

/** Detections in a stream of events, without a case. */
export function createHunt(rules: readonly RuleText[]): Hunt {
  const detector = createDetector({ ruleSet: loadRuleTexts(rules, []) });
  const { ruleSet } = detector;
  const correlator = createCorrelator(ruleSet.correlations, ruleSet.rules);
  const note = (matches: readonly CorrelationMatch[], report: Report) => {
    for (const match of matches) report(correlationLine(match));
  };
  return {
    ruleSet,
    event(event, item, report) {
      detector.detect(event, (number, matched, groups) => {
        const rule = ruleSet.rules[number]!;
        const ref = eventRef(item.id, event);
        if (!correlator.silenced.has(rule.id)) {
          report({
            RuleId: rule.id,
            RuleTitle: rule.title,
            RuleLevel: rule.level,
            ...placeOf(event, item),
            Event: ref,
            Matched: matched,
          });
        }
        if (correlator.wants(rule.id)) {
          note(
            correlator.push({ ruleId: rule.id, ref, time: event.time, get: (field) => groups[field] }),
            report,
          );
        }
      });
    },
    finish: (report) => note(correlator.flush(), report),
  };
}

function placeOf(event: ParsedEvent, item: EvidenceItem) {
  const { fields } = event;
  return {
    Timestamp: event.time ? formatInstant(event.time) : null,
    Computer: fields["winlog.computer_name"] ?? fields["host.name"] ?? null,
    Channel: fields["winlog.channel"] ?? event.dataset,
    EventID: fields["winlog.event_id"] ?? fields["event.code"] ?? null,
    RecordID: fields["winlog.record_id"] ?? null,
    File: item.path,
    Offset: event.offset,
  };
}

function correlationLine(match: CorrelationMatch): HuntDetection {
  const { correlation } = match;
  return {
    RuleId: correlation.id,
    RuleTitle: correlation.title,
    RuleLevel: correlation.level,
    Timestamp: formatInstant(match.last),
    Computer: null,
    Channel: null,
    EventID: null,
    RecordID: null,
    File: null,
    Offset: null,
    Event: null,
    Matched: { ...match.group, value: String(match.value) },
    Events: citedEvents(match).map(({ ref }) => ref),
  };
}
