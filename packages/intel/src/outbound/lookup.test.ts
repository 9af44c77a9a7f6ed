/** The whole way of a look-up: what is asked, of whom, in which order, and what is not. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { KeptRecord } from "../interpret.ts";
import { readObservable } from "../observable.ts";
import { providerById } from "../providers/all.ts";
import type { Tlp } from "../reading.ts";
import { savedRecord, testOutside } from "../testing/outside.ts";
import { json, startServer, type TestServer } from "../testing/server.ts";
import { hash, sample } from "../testing/shapes.ts";
import type { Asked } from "./ask.ts";
import { type LookUp, lookUp } from "./lookup.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
beforeEach(() => {
  server.received.length = 0;
  server.reply = json(404, {});
});
afterAll(() => server.close());

async function run(names: string[], texts: string[], change: Partial<LookUp> = {}) {
  const outcomes: Asked[] = [];
  const { outside } = testOutside(server.url);
  const summary = await lookUp(
    {
      observables: texts.map((text) => readObservable(text)!),
      providers: names.map((name) => providerById(name)!),
      internal: { isInternalAddress: () => false, isInternalName: (name) => name.endsWith("clinic.example") },
      sharing: { tlp: "GREEN", pap: "AMBER" },
      tlpOf: () => undefined,
      kept: [],
      freshMs: 86_400_000,
      withRelations: true,
      onOutcome: (asked) => outcomes.push(asked),
      ...change,
    },
    outside,
  );
  return {
    summary,
    outcomes,
    records: outcomes.map(({ record }) => record),
    urls: server.received.map(({ url }) => url),
  };
}

it("asks for the reports of all observables before any relation", async () => {
  const { urls } = await run(["virustotal"], [sample, "c2.example"]);
  expect(urls.slice(0, 2)).toEqual([`/files/${sample}`, "/domains/c2.example"]);
  expect(urls).toHaveLength(2 + 6 + 3);
});

it("pulls a list once for many addresses, and not at all for a private one", async () => {
  expect((await run(["tor-exits"], ["10.0.0.1", "8.8.8.8", "1.1.1.1"])).urls).toEqual(["/exit-addresses"]);
  server.received.length = 0;
  expect((await run(["tor-exits"], ["10.0.0.1"])).urls).toEqual([]);
});

it("asks nobody about a type that it does not know", async () => {
  const { summary } = await run(["abuseipdb", "malwarebazaar"], ["c2.example"]);
  expect([summary, server.received]).toEqual([{ asked: 0, refused: 0, fresh: 0 }, []]);
});

it("uses a kept answer that is fresh enough, and asks again when it is not, or failed", async () => {
  const kept = (change: Partial<KeptRecord>) => ({
    kept: [
      savedRecord("virustotal", { about: hash, status: 200, askedAt: "2026-11-28T11:00:00Z", ...change }),
    ],
    withRelations: false,
  });
  expect((await run(["virustotal"], [sample], kept({}))).summary).toEqual({ asked: 0, refused: 0, fresh: 1 });
  expect((await run(["virustotal"], [sample], kept({ askedAt: "2026-11-20T11:00:00Z" }))).summary.asked).toBe(
    1,
  );
  expect((await run(["virustotal"], [sample], kept({ status: 503 }))).summary.asked).toBe(1);
});

it("the stricter of the person's label and a kept one counts", async () => {
  const marked = (tlp: Tlp) => ({ tlpOf: () => tlp, withRelations: false });
  const { records, urls } = await run(["virustotal", "misp"], [sample], marked("AMBER"));
  expect(records.find(({ provider }) => provider === "virustotal")!.failure).toContain("TLP:AMBER");
  expect(urls).toEqual(["/attributes/restSearch"]);
  const red = await run(["virustotal", "misp"], [sample], marked("RED"));
  expect(red.summary).toEqual({ asked: 0, refused: 2, fresh: 0 });
});

it("the organisation's own server may know its names, and no secret", async () => {
  const { records } = await run(["misp"], ["pc7.clinic.example", "http://files.clinic.example/?token=abc"]);
  expect(records.map(({ isRefusal }) => isRefusal)).toEqual([false, true]);
  expect(records[1]!.failure).toContain("secret");
  expect(server.received).toHaveLength(1);
});
