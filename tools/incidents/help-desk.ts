import type { ExampleFile } from "../examples/files.ts";
import { createRandom, type Random } from "../examples/random.ts";
import { scatter, utc } from "./lines.ts";

const from = utc("2025-08-19 08:00:00");
const to = utc("2025-08-19 22:00:00");
const call = utc("2025-08-19 15:02:00");
const attacker = "203.0.113.99";
const victim = "maria.weiss";
const users = ["ann.lee", "bo.katz", "cy.diaz", victim, "ed.fox", "fay.ng"];
const home = (user: string) => `98.44.10.${10 + users.indexOf(user)}`;
const mail = (user: string) => `${user}@holding.example`;

/** Somebody calls the help desk in the name of the head of finance. Four resets that day were asked for by who they belong to. */
export function helpDeskIncident(): ExampleFile[] {
  const random = createRandom(819);
  return [
    { path: "organisation.yml", content: organisation },
    { path: "evidence/okta/system-log.json", content: identity(random) },
    { path: "evidence/box/events.json", content: files(random) },
  ];
}

interface Place {
  ip: string;
  city?: string;
  country?: string;
}

interface Row {
  ms: number;
  record: Record<string, unknown>;
}

function entry(
  ms: number,
  eventType: string,
  actor: string,
  place: Place,
  target?: object,
  failed = false,
): Row {
  const { ip, city = "Austin", country = "United States" } = place;
  return {
    ms,
    record: {
      actor: { id: `00u${actor}`, type: "User", alternateId: mail(actor), displayName: actor },
      client: {
        ipAddress: ip,
        userAgent: { rawUserAgent: "Mozilla/5.0" },
        geographicalContext: { city, country },
      },
      displayMessage: eventType,
      eventType,
      outcome: { result: failed ? "FAILURE" : "SUCCESS", reason: failed ? "INVALID_CREDENTIALS" : null },
      published: new Date(ms).toISOString(),
      severity: "INFO",
      uuid: `${eventType}-${ms}`,
      version: "0",
      target: target ? [target] : [],
    },
  };
}

const person = (user: string) => ({
  id: `00u${user}`,
  type: "User",
  alternateId: mail(user),
  displayName: user,
});
const application = (name: string) => ({
  id: `0oa${name}`,
  type: "AppInstance",
  alternateId: name,
  displayName: name,
});
const desk: Place = { ip: "98.44.10.5" };

function identity(random: Random): string {
  const rows: Row[] = [];
  scatter(random, 300, from, to, (ms) => {
    const user = random.pick(users);
    if (user === victim && ms > call - 120_000) return;
    const place = { ip: home(user) };
    rows.push(entry(ms, "user.session.start", user, place, undefined, random.next() > 0.95));
    rows.push(
      entry(ms + 3000, "user.authentication.sso", user, place, application(random.pick(["Payroll", "Box"]))),
    );
  });
  for (const [user, time] of [
    ["ann.lee", "09:30:00"],
    ["bo.katz", "11:30:00"],
    ["fay.ng", "17:30:00"],
  ] as const) {
    const ms = utc(`2025-08-19 ${time}`);
    rows.push(entry(ms, "user.mfa.factor.reset_all", "dana.ortiz", desk, person(user)));
    rows.push(entry(ms + 400_000, "user.session.start", user, { ip: home(user) }));
    rows.push(entry(ms + 420_000, "user.mfa.factor.activate", user, { ip: home(user) }, person(user)));
  }
  rows.push(entry(call, "user.mfa.factor.reset_all", "dana.ortiz", desk, person(victim)));
  rows.push(entry(call + 120_000, "user.account.reset_password", "dana.ortiz", desk, person(victim)));
  const abroad = { ip: attacker, city: "Lagos", country: "Nigeria" };
  rows.push(entry(call + 420_000, "user.session.start", victim, abroad));
  rows.push(entry(call + 540_000, "user.mfa.factor.activate", victim, abroad, person(victim)));
  for (const [i, name] of ["Payroll", "Box"].entries())
    rows.push(
      entry(call + 660_000 + i * 60_000, "user.authentication.sso", victim, abroad, application(name)),
    );
  return JSON.stringify(rows.sort((a, b) => a.ms - b.ms).map(({ record }) => record));
}

/** One page of a service's answer: its envelope counts and says where the next page begins. */
function files(random: Random): string {
  const rows: Row[] = [];
  const add = (ms: number, user: string, ip: string, event_type: string, name: string) =>
    rows.push({
      ms,
      record: {
        type: "event",
        event_id: `e${rows.length}`,
        created_at: new Date(ms).toISOString(),
        event_type,
        ip_address: ip,
        created_by: { type: "user", id: "1", name: user, login: mail(user) },
        source: { type: "file", id: String(rows.length), name },
      },
    });
  for (let i = 0; i < 60; i++)
    add(call + 1_200_000 + i * 4000, victim, attacker, "DOWNLOAD", `term-sheet-${i}.pdf`);
  scatter(random, 200, from, to, (ms) => {
    const user = random.pick(users.filter((other) => other !== victim));
    add(
      ms,
      user,
      home(user),
      random.pick(["DOWNLOAD", "UPLOAD", "PREVIEW"]),
      `note-${random.between(1, 90)}.docx`,
    );
  });
  const entries = rows.sort((a, b) => a.ms - b.ms).map(({ record }) => record);
  return JSON.stringify({ chunk_size: entries.length, next_stream_position: "1", entries });
}

const organisation = `name: Holding
timeZone: America/Chicago
operatingCountries: [US]
domains: [holding.example]
`;
