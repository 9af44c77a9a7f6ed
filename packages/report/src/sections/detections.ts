import { formatCount } from "@firebreak/model/collections";
import { cite, lineBreak, muted, paragraph, period, type Section } from "../blocks.ts";

export const detections = {
  id: "detections",
  title: "Detections by rule",
  build({ detections }) {
    if (detections.length === 0) return [paragraph("No rule matched.")];
    return [
      {
        kind: "table",
        caption: "Rules that matched",
        columns: [
          { title: "Level", fit: "short" },
          { title: "Rule", fit: "wide" },
          { title: "Matches", fit: "number" },
          { title: "Seen (UTC)" },
          { title: "Records" },
        ],
        rows: detections.map((detection) => [
          [{ kind: "severity", severity: detection.level }],
          [
            detection.title,
            lineBreak,
            muted(`${detection.ruleId} · SHA-256 ${detection.ruleSha256.slice(0, 12)}`),
          ],
          [formatCount(detection.count)],
          [period(detection.first, detection.last)],
          [cite(detection.events, detection.eventsOmitted)],
        ]),
      },
    ];
  },
} satisfies Section;
