/** Every provider that can be asked, against a server of this machine that answers as documented, and as networks do. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readingsAbout } from "../answer.ts";
import { interpret, type KeptRecord } from "../interpret.ts";
import { providerById, providers } from "../providers/all.ts";
import { testOutside } from "../testing/outside.ts";
import { json, type Reply, startServer, type TestServer } from "../testing/server.ts";
import { type Shape, shapes } from "../testing/shapes.ts";
import { ask } from "./ask.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

async function askShape(
  { provider: id, about }: Shape,
  reply: Reply,
  change: Parameters<typeof testOutside>[1] = {},
) {
  const provider = providerById(id)!;
  server.received.length = 0;
  server.reply = reply;
  const { outside, clock, asked } = testOutside(server.url, change);
  const { record, bytes } = await ask(provider, provider.questions!(about)[0]!, about, outside);
  const kept: KeptRecord = { ...record, sha256: bytes === undefined ? null : "0".repeat(64) };
  return { record, bytes, answer: interpret(provider, kept, bytes), clock, asked };
}

it("has a shape for every provider that can be asked", () => {
  const askable = providers.filter(({ kind }) => kind !== "document").map(({ id }) => id);
  expect(shapes.map(({ provider }) => provider).sort()).toEqual(askable.sort());
});

describe.each(shapes.map((shape) => [shape.provider, shape] as const))("%s", (_, shape) => {
  it("asks as documented, with the key in a header only, and reads the answer", async () => {
    const { answer, bytes, asked } = await askShape(shape, json(200, shape.body));
    const [request] = server.received;
    expect(request!.url).toMatch(shape.path);
    expect(request!.url + request!.body).not.toContain("test-key-1");
    if (shape.keyHeader) expect(request!.headers[shape.keyHeader]).toContain("test-key-1");
    expect(asked).toEqual([server.url + request!.url]);
    expect(Buffer.from(bytes!).toString()).toBe(
      typeof shape.body === "string" ? shape.body : JSON.stringify(shape.body),
    );
    expect(answer).toMatchObject({ state: "answered", detail: "" });
    const readings = readingsAbout(answer, shape.about);
    expect(readings.map(({ opinion }) => opinion)).toEqual([shape.opinion]);
    expect(readings[0]!.weight > 0).toBe(
      ["malicious", "suspicious"].includes(shape.opinion) || shape.provider === "tor-exits",
    );
  });

  const error = { error: { code: "QuotaExceededError", message: "no more" } };
  it.each<[string, Reply, string, string]>([
    ["401", json(401, error), "failed", "the key was refused (401)"],
    ["403", json(403, error), "not permitted", "403"],
    ["404", json(404, error), "unknown", ""],
    ["400", json(400, error), "failed", "(400): no more"],
    [
      "an HTML page with 200",
      json(200, "<!DOCTYPE html><html><body>Sign in</body></html>", { "Content-Type": "text/html" }),
      "failed",
      "HTML page",
    ],
    ["cut JSON", json(200, '{"data": [{"id"'), "failed", "shape"],
    ["a JSON list of nothing known", json(200, [1, null, "x"]), "failed", "shape"],
    ["null", json(200, "null"), "failed", "shape"],
    ["wrong types everywhere", json(200, wrongTypes(shape.body)), "", ""],
    [
      "a redirect elsewhere",
      (_r, response) => response.writeHead(302, { Location: "http://192.0.2.1:9/steal" }).end(),
      "failed",
      "redirect to http://192.0.2.1:9",
    ],
    ["a huge body", json(200, `"${"x".repeat(300_000)}"`), "failed", "more than 200000 bytes"],
    [
      "a huge body without a length",
      (_r, response) => response.writeHead(200).end("y".repeat(300_000)),
      "failed",
      "more than 200000 bytes",
    ],
    [
      "a cut body",
      (_r, response) =>
        response.writeHead(200, { "Content-Length": "5000" }).write("{", () => response.destroy()),
      "failed",
      "connection broke",
    ],
  ])("%s", async (name, reply, state, detail) => {
    const { answer, clock } = await askShape(shape, reply);
    if (state === "") expect(["failed", "unknown", "answered"]).toContain(answer.state);
    else expect(answer.state).toBe(state);
    expect(answer.detail).toContain(detail);
    // What is no answer says nothing about the observable.
    if (name !== "wrong types everywhere") expect(readingsAbout(answer, shape.about)).toEqual([]);
    expect(clock.slept.every((ms) => ms <= 120_000)).toBe(true);
  });

  it("429 with a short Retry-After is waited for, then asked again", async () => {
    let asked = 0;
    const { answer, clock } = await askShape(shape, (request, response) =>
      (asked++ === 0 ? json(429, error, { "Retry-After": "7" }) : json(200, shape.body))(request, response),
    );
    expect(answer.state).toBe("answered");
    expect(clock.slept.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(7000);
  });

  it("429 with a long Retry-After is a failure that says when, and holds for the next question", async () => {
    const { outside } = testOutside(server.url);
    const { answer, record } = await askShape(shape, json(429, error, { "Retry-After": "3600" }), {
      quota: outside.quota,
    });
    expect(server.received).toHaveLength(1);
    expect(answer).toMatchObject({ state: "failed", retryAfter: "2026-11-28T13:00:00Z" });
    expect(record.status).toBe(429);
    const next = await askShape(shape, json(200, shape.body), { quota: outside.quota });
    expect(server.received).toHaveLength(0);
    expect(next.answer).toMatchObject({ state: "not asked", retryAfter: "2026-11-28T13:00:00Z" });
  });

  it("a fault of the provider is tried three times, with growing pauses", async () => {
    const { answer, clock } = await askShape(shape, json(503, "busy"));
    // A list may be pulled twice an hour: then the quota ends the tries.
    const tries = providerById(shape.provider)!.kind === "list" ? 2 : 3;
    expect(server.received).toHaveLength(tries);
    expect(answer).toMatchObject({ state: "failed", detail: "the provider has a fault (503)" });
    expect(clock.slept.filter((ms) => ms === 1000 || ms === 4000)).toHaveLength(2);
  });
});

/** The same members with values of another type. */
function wrongTypes(value: unknown): unknown {
  if (typeof value === "string") return 7;
  if (typeof value === "number") return { a: "x" };
  if (typeof value === "boolean") return [];
  if (Array.isArray(value)) return value.length > 0 ? { 0: wrongTypes(value[0]) } : "none";
  if (typeof value !== "object" || value === null) return [[[]]];
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wrongTypes(member)]));
}

it("a body that never ends is given up, and the question asked three times", async () => {
  const limits = { maxWaitMs: 120_000, timeoutMs: 150, maxBytes: 200_000 };
  const { answer } = await askShape(
    shapes[0]!,
    (_, response) => void response.writeHead(200).write('{"data":'),
    { limits },
  );
  expect(answer).toMatchObject({ state: "failed", detail: "no complete answer within 0.15 seconds" });
  expect(server.received.length).toBeGreaterThan(0);
});

it("TLS that is none is said in words, and is not tried again", async () => {
  const shape = shapes[0]!;
  const { answer, asked } = await askShape(shape, json(200, shape.body), {
    baseOf: () => server.url.replace("http:", "https:"),
  });
  expect(answer.state).toBe("failed");
  expect(answer.detail).toMatch(/^TLS: no secure connection/);
  expect(asked).toHaveLength(1);
});

it("a redirect on the same host is followed", async () => {
  const shape = shapes[0]!;
  const { answer } = await askShape(shape, (request, response) =>
    request.url.includes("moved")
      ? json(200, shape.body)(request, response)
      : response.writeHead(301, { Location: "/moved" }).end(),
  );
  expect(answer.state).toBe("answered");
});

it("without its key or address nothing is sent", async () => {
  const noKey = await askShape(shapes[0]!, json(200, {}), { keyOf: () => undefined });
  expect(noKey.answer).toMatchObject({
    state: "not asked",
    detail: "no key is set: FIREBREAK_VIRUSTOTAL_KEY",
  });
  const noServer = await askShape(shapes.find(({ provider }) => provider === "misp")!, json(200, {}), {
    baseOf: () => undefined,
  });
  expect(noServer.answer).toMatchObject({
    state: "not asked",
    detail: "no address is set: FIREBREAK_MISP_URL",
  });
  expect(server.received).toEqual([]);
});
