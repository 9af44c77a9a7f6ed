import type { Citation, Picture } from "@firebreak/model/picture";
import { expect, test } from "vitest";
import { samplePicture } from "../fixtures/sample-picture.ts";
import { renderHtml, renderMarkdown } from "../src/index.ts";

/** The sample with `count` cited records in findings, detections and timeline. */
function large(count: number): Picture {
  const events = Array.from({ length: count }, (_, i): Citation => {
    const time = new Date(Date.UTC(2026, 2, 1) + i * 7919).toISOString();
    return {
      ref: `4be1c07a9d32:${i * 211}`,
      path: "logs/edge/vpn.log",
      offset: i * 211,
      length: 211,
      line: i + 1,
      time,
    };
  });
  const scattered = events.filter((_, i) => i % 3 !== 1);
  const timeline = events.map((event, i) => ({
    time: event.time!,
    because: "chain/credential-theft:fs01",
    summary: `VPN sign-in failed from 203.0.113.${event.offset % 250}`,
    source: `vpn gateway ${i % 2}`,
    event,
  }));
  const findings = samplePicture.findings.map((finding) => ({ ...finding, events: scattered }));
  const detections = samplePicture.detections.map((detection) => ({ ...detection, events }));
  return { ...samplePicture, findings, detections, timeline };
}

test("10,000 citations are rendered within two seconds", () => {
  const picture = large(10_000);
  // Processor time of this thread: other tests may share the machine.
  const start = process.threadCpuUsage();
  const html = renderHtml(picture);
  const { user, system } = process.threadCpuUsage(start);
  expect(html).toContain('id="r10000"');
  expect(html).toContain("more in the JSON report");
  expect(user + system).toBeLessThan(2_000_000);
});

test("Markdown of 10,000 citations has every record", () => {
  expect(renderMarkdown(large(10_000))).toContain('<a id="r10000"></a>');
});
