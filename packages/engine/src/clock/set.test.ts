/** A case whose firewall is in another zone and slow: found from shared sessions, set, told, verified, taken back. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readLedger } from "@firebreak/ledger";
import type { Picture } from "@firebreak/model/picture";
import { beforeAll, describe, expect, it } from "vitest";
import { scratchFolder } from "../../../../test/support/scratch.ts";
import { type InvestigateOptions, investigate } from "../case/investigate.ts";
import { inCase } from "../case/layout.ts";
import { verifyCase } from "../case/verify.ts";
import { listClocks, suggestCaseClocks } from "./case-clocks.ts";
import { setClock } from "./set.ts";

const root = scratchFolder("clock");
const evidence = join(root, "evidence");
const dir = join(root, "case");
const options: InvestigateOptions = {
  paths: [evidence],
  case: dir,
  threads: 1,
  tool: "firebreak test",
  now: () => "2026-01-02T03:04:05Z",
};
const trueStart = Date.parse("2024-05-06T07:00:00Z");
/** The firewall writes New York's local time (UTC-4 in May) and is 12 m 46 s slow. */
const firewallShift = -4 * 3_600_000 - 766_000;
const local = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");

/** Sessions at odd distances; the last reuses the port of the first. */
const sessions = Array.from({ length: 12 }, (_, i) => ({
  at: trueStart + i * 61_000 + (i % 3) * 1000,
  client: `203.0.113.${10 + (i % 4)}`,
  port: 40_000 + (i === 11 ? 0 : i),
}));

function firewallLog(): string {
  const head =
    "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Time Format: Local\n#Fields: date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path\n\n";
  const lines = sessions.map(
    ({ at, client, port }) =>
      `${local(at + firewallShift)} ALLOW TCP ${client} 198.51.100.7 ${port} 443 0 - 0 0 0 - - - RECEIVE\n`,
  );
  return head + lines.join("");
}

/** A second firewall with the right clock, as FortiGate writes it. */
function gatewayLog(): string {
  return sessions
    .map(
      ({ at, client, port }, i) =>
        `date=${local(at).slice(0, 10)} time=${local(at).slice(11)} devname="FG" devid="FGT1" tz="+0000" logid="0000000013" type="traffic" subtype="forward" level="notice" srcip=${client} srcport=${port} dstip=198.51.100.7 dstport=443 proto=6 action="accept" policyid=${i} service="HTTPS"\n`,
    )
    .join("");
}

const pictureText = () => readFileSync(inCase(dir, "picture"), "utf8");
const picture = () => JSON.parse(pictureText()) as Picture;
const set = (source: string, text: string) =>
  setClock({ case: dir, source, text, actor: "J. Doe", tool: "firebreak test", now: options.now });

beforeAll(async () => {
  mkdirSync(evidence);
  writeFileSync(join(evidence, "pfirewall.log"), firewallLog());
  writeFileSync(join(evidence, "gateway.log"), gatewayLog());
  await investigate(options);
});

describe("clocks of a case", () => {
  it("are suggested from shared sessions, with zone and error told apart", async () => {
    const { comparisons, notes } = await suggestCaseClocks(dir);
    expect(notes).toEqual([]);
    expect(comparisons).toHaveLength(1);
    expect(comparisons[0]).toMatchObject({
      verdict: "suggested",
      offsetMs: firewallShift,
      zoneMs: -4 * 3_600_000,
      errorMs: -766_000,
      anchors: 12,
      candidates: 12,
      byKind: { session: 12 },
      ambiguous: 0,
      spreadMs: 0,
      setting: "-04:00, 12 m 46 s slow",
    });
    expect(comparisons[0]!.source.path).toMatch(/pfirewall\.log$/);
    expect(comparisons[0]!.examples[0]!.source.time).toBe("2024-05-06T02:47:14Z");
  });

  it("are suggested in the picture too, with both sides cited, and not applied", () => {
    const { clocks, research, evidence } = picture();
    const told = clocks.find(({ anchors }) => anchors === 12)!;
    expect([told.offsetSeconds, told.zone, told.zoneSource]).toEqual([
      firewallShift / 1000,
      "UTC",
      "assumed",
    ]);
    expect(told.events.map(({ path }) => path.split("/").at(-1))).toEqual([
      "pfirewall.log",
      "gateway.log",
      "pfirewall.log",
      "gateway.log",
      "pfirewall.log",
      "gateway.log",
    ]);
    expect(research.some(({ query }) => query.includes("-04:00, 12 m 46 s slow"))).toBe(true);
    expect(evidence.find(({ path }) => path.endsWith("pfirewall.log"))!.first).toBe("2024-05-06T02:47:14Z");
  });

  it("re-date the view, are told and verified, and leave no trace in the picture when taken back", async () => {
    const before = pictureText();
    const store = readFileSync(inCase(dir, "store"));
    const done = await set("pfirewall.log", "America/New_York, 12 m 46 s slow");
    expect(done.changed).toBe(true);
    const receipt = picture().evidence.find(({ path }) => path.endsWith("pfirewall.log"))!;
    expect([receipt.first, receipt.zone]).toEqual([
      "2024-05-06T07:00:00Z",
      "America/New_York (case-setting)",
    ]);
    expect(picture().clocks.find(({ source }) => source === receipt.path)).toMatchObject({
      zone: "America/New_York",
      zoneSource: "clock-set",
      offsetSeconds: -766,
    });
    expect(picture().coverage.find(({ source }) => source === receipt.path)!.first).toBe(
      "2024-05-06T07:00:00Z",
    );
    expect((await verifyCase(dir)).flatMap(({ problems }) => problems)).toEqual([]);
    expect(listClocks(dir).map(({ set: text }) => text)).toEqual([
      "none",
      "America/New_York, 12 m 46 s slow",
    ]);
    expect((await suggestCaseClocks(dir)).comparisons.map(({ verdict }) => verdict)).toEqual(["agree"]);
    expect((await set("pfirewall.log", "America/New_York, 12m46s slow")).changed).toBe(false);

    await investigate(options);
    expect(picture().evidence.find(({ id }) => id === receipt.id)!.first).toBe("2024-05-06T07:00:00Z");

    await set("pfirewall.log", "none");
    expect(pictureText()).toBe(before);
    expect(readFileSync(inCase(dir, "store")).length).toBe(store.length);
    expect((await verifyCase(dir)).flatMap(({ problems }) => problems)).toEqual([]);
    const entries = readLedger(dir).entries.filter(({ action }) => action === "clock.set");
    expect(entries.map(({ actor, data }) => [actor, (data as { text: string }).text])).toEqual([
      ["J. Doe", "America/New_York, 12 m 46 s slow"],
      ["J. Doe", "none"],
    ]);
  });

  it.each([
    ["nowhere.log", "UTC", /no source of this case; they are .*gateway\.log/],
    [".log", "UTC", /no source/],
    ["pfirewall.log", "soon", /is no clock setting/],
  ])("refuses %s %s", async (source, text, message) => {
    await expect(set(source, text)).rejects.toThrow(message);
  });

  it("refuses a folder that is no case", async () => {
    await expect(
      setClock({ case: root, source: "a", text: "UTC", actor: "x", tool: "x", now: options.now }),
    ).rejects.toThrow(/no case here/);
  });
});
