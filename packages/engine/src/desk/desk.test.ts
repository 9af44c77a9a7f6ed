import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyLedger } from "@firebreak/ledger";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readAlerts } from "../alerts/read.ts";
import { builtInPlaybooks } from "../triage/playbook.ts";
import {
  addAlerts,
  closeAlert,
  containAlert,
  DeskError,
  find,
  groupAlerts,
  groupAlike,
  takeAlert,
  ungroupAlerts,
} from "./actions.ts";
import { casePlaybooks, importPlaybook } from "./playbooks.ts";
import { readQueue } from "./queue.ts";

let dir: string;
let minute = 0;
const actor = { name: "j.doe", now: () => `2028-05-01T10:${String(minute++).padStart(2, "0")}:00Z` };
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "firebreak-desk-"));
  minute = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const alerts = (text: string) => readAlerts(text, "alerts.csv", {});
const three =
  "Time,Rule,Severity,Host\n2028-05-01 09:00:00,R,High,WS1\n2028-05-01 09:20:00,R,High,WS1\n2028-05-01 12:00:00,R,Low,WS1\n";
const add = (text = three) => addAlerts(dir, actor, alerts(text)).map(({ id }) => id);

describe("the queue", () => {
  it("is empty where there is no case", () => expect(readQueue(join(dir, "none"))).toEqual([]));
  it("adds once, counts again, and is due by severity", () => {
    const ids = add();
    expect(new Set(ids).size).toBe(3);
    expect(addAlerts(dir, actor, alerts(three)).map(({ isNew }) => isNew)).toEqual([false, false, false]);
    const queue = readQueue(dir);
    expect(queue.map(({ seen, status }) => [seen, status])).toEqual([
      [2, "open"],
      [2, "open"],
      [2, "open"],
    ]);
    expect(queue.map(({ addedAt, dueAt }) => Date.parse(dueAt!) - Date.parse(addedAt) < 0)).toEqual([
      false,
      false,
      false,
    ]);
    expect(Date.parse(queue[0]!.dueAt!) - Date.parse(queue[0]!.addedAt)).toBeLessThanOrEqual(4 * 3_600_000);
    expect(queue[2]!.dueAt!.slice(0, 10)).toBe("2028-05-04");
  });
  it("takes, contains and closes with times, verdict and reason; taking again opens it again", () => {
    const [id] = add();
    expect(takeAlert(dir, actor, id!, "ann")).toMatchObject({ status: "taken", owner: "ann" });
    expect(containAlert(dir, actor, id!, "isolated").containedAt).not.toBeNull();
    expect(closeAlert(dir, actor, id!.slice(0, 6), "false positive", "planned")).toMatchObject({
      status: "closed",
      verdict: { value: "false positive", reason: "planned", actor: "j.doe" },
    });
    expect(takeAlert(dir, actor, id!, "ben")).toMatchObject({
      status: "taken",
      owner: "ben",
      closedAt: null,
    });
    expect(verifyLedger(dir).ok).toBe(true);
  });
  it("groups what is alike within an hour, merges nothing, and undoes it", () => {
    const ids = add();
    const groups = groupAlike(dir, actor);
    expect(groups).toEqual([{ group: expect.stringMatching(/^G-/), alerts: ids.slice(0, 2) }]);
    expect(groupAlike(dir, actor)).toEqual([]);
    const before = readQueue(dir).map(({ alert }) => alert);
    expect(ungroupAlerts(dir, actor, groups[0]!.group)).toEqual(ids.slice(0, 2));
    expect(readQueue(dir).map(({ group }) => group)).toEqual([null, null, null]);
    expect(readQueue(dir).map(({ alert }) => alert)).toEqual(before);
    expect(groupAlerts(dir, actor, [ids[0]!, ids[2]!], "campaign")).toBe("campaign");
    expect(readQueue(dir).map(({ group }) => group)).toEqual(["campaign", null, "campaign"]);
  });
  it.each<[string, () => unknown, RegExp]>([
    ["an unknown id", () => find(dir, "A-ffff"), /no such alert/],
    ["a verdict of its own", () => closeAlert(dir, actor, add()[0]!, "clean", "x"), /one of true positive/],
    ["a close without a reason", () => closeAlert(dir, actor, add()[0]!, "false positive", " "), /say why/],
    ["a group of one", () => groupAlerts(dir, actor, [add()[0]!]), /two alerts/],
    ["a group that is none", () => ungroupAlerts(dir, actor, "G-1"), /no such group/],
  ])("refuses %s", (_, act, message) => {
    expect(act).toThrow(DeskError);
    expect(act).toThrow(message);
  });
  it("keeps hostile text as it can", () => {
    const [id] = addAlerts(
      dir,
      actor,
      readAlerts(JSON.stringify({ rule: "a\ud800b", host: "\u001b[31mWS" }), "x", {}),
    ).map((one) => one.id);
    expect(find(dir, id!).alert.title).toBe("a\ufffdb");
  });
});

describe("playbooks in a case", () => {
  it("imports what export prints, byte for byte, the last version counting", () => {
    const { document } = builtInPlaybooks()[0]!;
    const text = JSON.stringify({ ...document, name: "Ours" });
    importPlaybook(dir, actor, JSON.stringify(document), "a.json");
    importPlaybook(dir, actor, text, "b.json");
    const [only, ...rest] = casePlaybooks(dir);
    expect(rest).toEqual([]);
    expect(only!.document).toEqual(JSON.parse(text));
  });
  it("refuses what is not valid, with the place", () => {
    expect(() => importPlaybook(dir, actor, '{"type":"playbook"}', "x.json")).toThrow(
      /x\.json: no valid CACAO 2\.0 playbook: \/spec_version/,
    );
    expect(casePlaybooks(dir)).toEqual([]);
  });
});
