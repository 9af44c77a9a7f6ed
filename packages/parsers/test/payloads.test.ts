/** What holds for all payloads together: no text makes one throw, and no fixture message is claimed by two of them. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payloads } from "../src/payloads.generated.ts";
import { testContext } from "../src/testing/payload.ts";

const root = fileURLToPath(new URL("../fixtures/", import.meta.url));
const lines = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => /^(?:linux|network|syslog)[\\/].*input\.log$/.test(file))
  .flatMap((file) => readFileSync(join(root, file), "utf8").split("\n"))
  .map((line) =>
    line.replace(
      /^(?:<\d+>)?(?:1 \S+ \S+ \S+ \S+ \S+ (?:- )?|[A-Z][a-z]{2} {1,2}\d+ [\d:]+ \S+ (?:[\w/.-]+(?:\[\d+\])?: )?)/,
      "",
    ),
  );

const repeated = [
  "a=b ",
  "[",
  '"',
  "x ",
  "=",
  "user=",
  "(",
  "\\",
  "IN= SRC= DST= ",
  "1.1.1.1 ",
  "-> ",
  "|",
  ",",
  "': '",
  "[a] ",
];

describe("payload registry", () => {
  it("has unique names of files and known texts", () => {
    expect(payloads.length).toBeGreaterThan(40);
    for (const payload of payloads) expect(payload.name).toMatch(/^[a-z]+\/[a-z0-9-]+$/);
    for (const program of payloads.flatMap((payload) => payload.programs))
      expect(program).toBe(program.toLowerCase());
  });

  it("knows each message by one payload only", () => {
    for (const line of lines) {
      const claims = payloads
        .filter((payload) => !("fallback" in payload) && payload.accepts?.(line))
        .map((payload) => payload.name);
      expect([line, claims.length > 1 ? claims : []]).toEqual([line, []]);
    }
  });

  it("never throws", () => {
    const context = testContext();
    const pieces = fc.constantFrom(
      ...lines.filter((line) => line !== "").flatMap((line) => line.split(/(?<=[\s=:"[\]|,])/)),
    );
    const text = fc
      .array(fc.oneof({ weight: 4, arbitrary: pieces }, fc.string({ maxLength: 8 })), { maxLength: 12 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (message) => {
        for (const payload of payloads) {
          payload.accepts?.(message);
          const draft = payload.parse(
            message,
            { program: payload.programs[0] ?? "", host: "h", time: undefined },
            context,
          );
          if (draft)
            for (const value of Object.values(draft.fields))
              if (value === undefined) throw new Error(`${payload.name}: undefined value`);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("reads a huge hostile message in bounded time", () => {
    const context = testContext();
    for (const payload of payloads) {
      const started = performance.now();
      for (const piece of repeated) {
        const message = piece.repeat(Math.ceil(20_000 / piece.length));
        payload.accepts?.(message);
        payload.parse(message, { program: payload.programs[0] ?? "", host: "h", time: undefined }, context);
      }
      expect([payload.name, performance.now() - started < 4000]).toEqual([payload.name, true]);
    }
  });

  it("reads its own messages with something huge inside in bounded time", () => {
    const context = testContext();
    const slow: string[] = [];
    for (const [i, line] of lines.entries()) {
      const piece = repeated[i % repeated.length]!;
      const cut = Math.floor((line.length * ((i % 7) + 1)) / 8);
      const message = line.slice(0, cut) + piece.repeat(Math.ceil(30_000 / piece.length)) + line.slice(cut);
      for (const payload of payloads.filter(({ accepts }) => accepts?.(line))) {
        const started = performance.now();
        payload.accepts?.(message);
        payload.parse(message, { program: "", host: "h", time: undefined }, context);
        if (performance.now() - started > 2000) slow.push(`${payload.name} at ${cut}: ${line}`);
      }
    }
    expect(slow).toEqual([]);
  });
});
