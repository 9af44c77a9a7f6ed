import { formatCount } from "@firebreak/model/collections";
import { cite, type Inline, lineBreak, muted, paragraph, type Section, value } from "../blocks.ts";
import { prose } from "../prose.ts";

export const clocks = {
  id: "clocks",
  title: "Clocks",
  build(picture) {
    const { clocks } = picture;
    if (clocks.length === 0) return [paragraph("No source states or needs a clock correction.")];
    return [
      paragraph("All times in this report are UTC. A correction is stated, never applied silently."),
      {
        kind: "table",
        caption: "Zone and clock of each source",
        columns: [
          { title: "Source" },
          { title: "Zone" },
          { title: "Offset (s)", fit: "number" },
          { title: "Anchors", fit: "number" },
          { title: "Statement", fit: "wide" },
        ],
        rows: clocks.map((clock) => {
          const origin =
            clock.yearSource === undefined
              ? clock.zoneSource
              : `${clock.zoneSource}; year: ${clock.yearSource}`;
          const zone: Inline[] = [clock.zone, lineBreak, muted(origin)];
          const statement: Inline[] = [...prose(clock.statement, picture), " ", cite(clock.events)];
          return [
            [value(clock.source)],
            zone,
            [signed(clock.offsetSeconds)],
            [formatCount(clock.anchors)],
            statement,
          ];
        }),
      },
    ];
  },
} satisfies Section;

function signed(seconds: number): string {
  if (seconds === 0) return "0";
  return seconds > 0 ? `+${seconds}` : `−${-seconds}`;
}
