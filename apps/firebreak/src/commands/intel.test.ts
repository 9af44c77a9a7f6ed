/** The real command: offline by default, then against a server of this machine. */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bin } from "../../../../test/support/command.ts";
import { scratchFolder } from "../../../../test/support/scratch.ts";

const dir = scratchFolder("intel");
const sample = "5ec0".repeat(16);
let server: Server;
let base: string;
const received: { url: string; key: string | undefined }[] = [];
let status = 200;

const report = {
  data: {
    id: sample,
    type: "file",
    attributes: {
      sha256: sample,
      md5: "0a".repeat(16),
      last_analysis_date: 1_790_000_000,
      last_analysis_stats: { malicious: 40, undetected: 20 },
    },
  },
};

/** Every way from Node to the network writes a line and goes on. */
const spy = `
import net from "node:net"; import dns from "node:dns"; import dgram from "node:dgram"; import { appendFileSync } from "node:fs";
const note = (what) => appendFileSync(process.env.SOCKET_LOG, what + "\\n");
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...rest) { note("connect"); return connect.apply(this, rest); };
const lookup = dns.lookup; dns.lookup = (...rest) => { note("lookup"); return lookup(...rest); };
const open = dgram.createSocket; dgram.createSocket = (...rest) => { note("udp"); return open(...rest); };
const ask = globalThis.fetch; globalThis.fetch = (...rest) => { note("fetch"); return ask(...rest); };
`;

function environment(more: Record<string, string> = {}) {
  const { FIREBREAK_KEYS: _, ...rest } = process.env;
  return {
    ...rest,
    NO_COLOR: "1",
    FIREBREAK_STATE: join(dir, "state"),
    XDG_CONFIG_HOME: join(dir, "config"),
    ...more,
  };
}

function firebreak(args: string[], more: Record<string, string> = {}, input?: string) {
  const {
    status: code,
    stdout,
    stderr,
  } = spawnSync(process.execPath, [bin, ...args], {
    encoding: "utf8",
    cwd: dir,
    env: environment(more),
    ...(input !== undefined && { input }),
  });
  return { code, stdout, stderr };
}

/** For commands that talk to the server of this process. */
function running(
  args: string[],
  more: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [bin, ...args], { cwd: dir, env: environment(more) });
  const out = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => (out.stdout += chunk));
  child.stderr.on("data", (chunk) => (out.stderr += chunk));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...out })));
}

const ledger = (name: string) =>
  readFileSync(join(dir, name, "ledger.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { action: string; data: Record<string, unknown> });

beforeAll(async () => {
  server = createServer((request, response) => {
    received.push({ url: request.url ?? "", key: request.headers["x-apikey"] as string | undefined });
    response.writeHead(status, {
      "Content-Type": "application/json",
      ...(status === 429 && { "Retry-After": "600" }),
    });
    response.end(
      JSON.stringify(status === 200 ? report : { error: { code: "QuotaExceededError", message: "no" } }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  writeFileSync(join(dir, "spy.mjs"), spy);
  writeFileSync(
    join(dir, "fw.log"),
    `2026-11-20T07:08:09Z fw1 sshd[900]: Failed password for root from 203.0.113.9 port 4022 ssh2\n`,
  );
  writeFileSync(join(dir, "report.json"), JSON.stringify(report));
});
afterAll(() => {
  server.close();
});

describe("with defaults", () => {
  it("no command opens a socket, the whole command line included", () => {
    const log = join(dir, "sockets.log");
    const spied = { SOCKET_LOG: log, NODE_OPTIONS: `--import ${pathToFileURL(join(dir, "spy.mjs")).href}` };
    const commands = [
      ["investigate", "fw.log", "--case", "quiet"],
      ["intel", "import", "report.json", "--case", "quiet"],
      [
        "intel",
        "lookup",
        "8.8.8.8",
        "c2.example",
        sample,
        "http://c2.example/a",
        "CVE-2024-0001",
        "--case",
        "quiet",
      ],
      ["intel", "card", sample, "--case", "quiet"],
      ["intel", "providers"],
      ["parse", "fw.log"],
      ["hunt", "fw.log", "--grep", "root"],
      ["verify", "quiet"],
      ["report", "quiet", "--out", "quiet-out"],
      ["formats"],
      ["rules", "list"],
      ["--help"],
    ];
    for (const args of commands)
      expect([args.join(" "), firebreak(args, spied).code]).toEqual([
        args.join(" "),
        expect.toBeOneOf([0, 1]),
      ]);
    expect(existsSync(log) ? readFileSync(log, "utf8") : "").toBe("");
    // The spy sees what it should: a named provider does open one.
    firebreak(["intel", "lookup", sample, "--case", "loud", "--provider", "virustotal", "--no-relations"], {
      ...spied,
      FIREBREAK_VIRUSTOTAL_KEY: "k",
      FIREBREAK_VIRUSTOTAL_URL: "http://127.0.0.1:9",
    });
    expect(readFileSync(log, "utf8")).toContain("fetch");
  });
});

describe("intel import and card", () => {
  it("keeps the bytes, makes the same card every time, and the case still verifies", () => {
    const imported = firebreak(["intel", "import", "report.json", "--case", "quiet", "--json"]);
    expect(JSON.parse(imported.stdout)).toMatchObject({
      provider: "virustotal",
      about: { type: "hash", value: sample },
      part: "report",
    });
    const card = () =>
      firebreak(["intel", "card", "0A".repeat(16), "--case", "quiet", "--as-of", "2026-11-28", "--json"]);
    const { code, stdout } = card();
    expect(code).toBe(1);
    expect(card().stdout).toBe(stdout);
    const found = JSON.parse(stdout);
    expect(Object.keys(found)).toEqual([
      "schema",
      "observable",
      "verdict",
      "confidence",
      "asOf",
      "sources",
      "relations",
      "sightings",
      "capability",
      "techniques",
      "labels",
      "reasons",
      "notes",
    ]);
    expect(found).toMatchObject({
      observable: { type: "hash", value: "0a".repeat(16) },
      verdict: "malicious",
      asOf: "2026-11-28T23:59:59Z",
      sightings: {
        count: 0,
        coverage: "1 record of 1 source searched, from 2026-11-20T07:08:09Z to 2026-11-20T07:08:09Z",
      },
    });
    expect(found.sources[0]).toMatchObject({
      provider: "virustotal",
      state: "answered",
      detections: { positive: 40, total: 60 },
    });
    expect(readFileSync(join(dir, "quiet", "intel", "answers", found.sources[0].evidence), "utf8")).toBe(
      JSON.stringify(report),
    );
    expect(firebreak(["verify", "quiet"]).code).toBe(0);
  });

  it("cites the log's records", () => {
    const [first] = JSON.parse(
      firebreak(["intel", "card", "203.0.113[.]9", "8.8.8.8", "--case", "quiet", "--json"]).stdout,
    );
    expect(first.sightings).toMatchObject({
      count: 1,
      first: "2026-11-20T07:08:09Z",
      asSource: 1,
      hosts: ["fw1"],
    });
    expect(firebreak(["show", "quiet", first.sightings.events[0]]).stdout).toContain("203.0.113.9");
  });

  it("tells a changed answer on the card and in verify", () => {
    firebreak(["intel", "import", "report.json", "--case", "touched"]);
    const folder = join(dir, "touched", "intel", "answers");
    const [name] = readdirSync(folder);
    writeFileSync(join(folder, name!), JSON.stringify(report).replace("40", "00"));
    const card = JSON.parse(firebreak(["intel", "card", sample, "--case", "touched", "--json"]).stdout);
    expect(card.verdict).toBe("not asked");
    expect(card.sources[0].summary).toBe("failed: the kept answer was changed since it was kept");
  });

  it.each<[string, string[], number, string, string?]>([
    [
      "pasted text",
      ["intel", "import", "-", "--case", "p", "--about", "198.51.100.7"],
      0,
      "",
      '{"detail":"No information available"}',
    ],
    [
      "an answer that names nothing",
      ["intel", "import", "-", "--case", "p"],
      3,
      "--about",
      '{"query_status":"no_results"}',
    ],
    ["an HTML page", ["intel", "import", "-", "--case", "p"], 3, "save the JSON instead", "<html></html>"],
    ["cut JSON", ["intel", "import", "-", "--case", "p"], 3, "cut off", '{"data": {"id'],
    [
      "no observable",
      ["intel", "card", "not an observable", "--case", "quiet"],
      3,
      "no address, domain, URL",
    ],
    ["no case", ["intel", "card", "8.8.8.8", "--case", "nowhere"], 4, "no case here"],
    [
      "an unknown provider",
      ["intel", "lookup", "8.8.8.8", "--case", "p", "--provider", "virustotle"],
      3,
      "Give virustotal",
    ],
    [
      "an unknown label",
      ["intel", "lookup", "8.8.8.8", "--case", "p", "--provider", "virustotal", "--tlp", "blue"],
      3,
      "CLEAR, GREEN",
    ],
    ["a missing file", ["intel", "import", "none.json", "--case", "p"], 3, "no such file"],
  ])("%s", (_, args, code, text, input) => {
    const found = firebreak(args, {}, input);
    expect(found.stderr).toContain(text);
    expect(found.code).toBe(code);
  });
});

describe("intel lookup", () => {
  const named = (name: string, ...rest: string[]) => [
    "intel",
    "lookup",
    sample,
    "--case",
    name,
    "--provider",
    "virustotal",
    "--no-relations",
    "--json",
    ...rest,
  ];
  const keyed = () => ({
    FIREBREAK_VIRUSTOTAL_KEY: "secret-key-1",
    FIREBREAK_VIRUSTOTAL_URL: base,
    FIREBREAK_STATE: mkdtempSync(join(dir, "s-")),
  });

  it("asks, keeps question and answer in the ledger without the key, and uses the kept answer next time", async () => {
    received.length = 0;
    const env = keyed();
    const { code, stdout } = await running(named("ask"), env);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)[0]).toMatchObject({ verdict: "malicious" });
    expect(received).toEqual([{ url: `/files/${sample}`, key: "secret-key-1" }]);
    const entries = ledger("ask");
    expect(entries.map(({ action }) => action)).toEqual(["intel.ask", "intel.answer"]);
    expect(entries[0]!.data).toMatchObject({ provider: "virustotal", url: `${base}/files/${sample}` });
    expect(readFileSync(join(dir, "ask", "ledger.jsonl"), "utf8")).not.toContain("secret-key");
    await running(named("ask"), env);
    expect(received).toHaveLength(1);
  });

  it("never sends what is internal or secret, says why, and keeps the secret out of the ledger", async () => {
    received.length = 0;
    writeFileSync(
      join(dir, "org.yml"),
      "name: Clinic\ndomains: [clinic.example]\ninternalNetworks: [8.8.4.0/24]\nassets: [{ name: files.partner.example, addresses: [] }]\n",
    );
    const args = [
      "10.0.0.1",
      "8.8.4.4",
      "pc7.clinic.example",
      "files.partner.example",
      "srv.local",
      "http://u:hunter2@c2.example/",
      "http://c2.example/?token=hunter2",
    ];
    const { stdout, code } = await running(
      ["intel", "lookup", ...args, "--case", "private", "--org", "org.yml", "--provider", "all", "--json"],
      keyed(),
    );
    expect(code).toBe(0);
    expect(received).toEqual([]);
    for (const card of JSON.parse(stdout)) expect(card.verdict).toBe("not asked");
    const text = readFileSync(join(dir, "private", "ledger.jsonl"), "utf8");
    expect(text).not.toContain("hunter2");
    expect(ledger("private").every(({ action }) => action === "intel.refuse")).toBe(true);
  });

  it("keeps TLP:AMBER and PAP:RED off public services", async () => {
    received.length = 0;
    const amber = await running(named("amber", "--tlp", "amber"), keyed());
    expect(JSON.parse(amber.stdout)[0].sources[0].summary).toContain("not asked: TLP:AMBER");
    const red = await running(named("amber", "--pap", "red"), keyed());
    expect(red.stderr).toContain("PAP:RED");
    expect(received).toEqual([]);
  });

  it("a full quota is a state with a time, not a verdict", async () => {
    status = 429;
    const { stdout, code } = await running(named("full"), keyed());
    status = 200;
    expect(code).toBe(0);
    const [card] = JSON.parse(stdout);
    expect(card.verdict).toBe("not asked");
    expect(card.sources[0]).toMatchObject({
      state: "failed",
      summary: expect.stringMatching(/^failed, retry after 20.*limit is reached \(429\)/),
    });
  });

  it("reads keys from a file that nobody else can read, and refuses another", async () => {
    received.length = 0;
    const file = join(dir, "keys");
    writeFileSync(file, "# keys\nFIREBREAK_VIRUSTOTAL_KEY=from-file\n");
    chmodSync(file, 0o644);
    const env = {
      FIREBREAK_KEYS: file,
      FIREBREAK_VIRUSTOTAL_URL: base,
      FIREBREAK_STATE: join(dir, "s-file"),
    };
    if (process.platform !== "win32") {
      const open = await running(named("file"), env);
      expect(open).toMatchObject({ code: 3, stderr: expect.stringContaining("chmod 600") });
    }
    chmodSync(file, 0o600);
    await running(named("file"), env);
    expect(received.map(({ key }) => key)).toEqual(["from-file"]);
  });

  it("talks plain http to this machine only", () => {
    const { code, stderr } = firebreak(named("plain"), {
      FIREBREAK_VIRUSTOTAL_KEY: "k",
      FIREBREAK_VIRUSTOTAL_URL: "http://proxy.example/vt",
    });
    expect([code, stderr]).toEqual([
      3,
      expect.stringContaining("FIREBREAK_VIRUSTOTAL_URL: give an https address"),
    ]);
  });
});
