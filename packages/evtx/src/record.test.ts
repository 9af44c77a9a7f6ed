import { describe, expect, test } from "vitest";
import { filetimeOf } from "../../../tools/evtx-writer/writer.ts";
import { dataOf, raw, readOne, someGuid, someTime, spec } from "../test/logs.ts";

describe("System", () => {
  const record = readOne(
    spec({
      recordId: 77n,
      version: 2,
      level: 0,
      task: 12_544,
      opcode: 1,
      keywords: 0x8020000000000000n,
      processId: 624,
      threadId: 680,
      userSid: "S-1-5-18",
      activityId: someGuid,
    }),
  );

  test("accessors", () => {
    const { system } = record;
    expect({
      id: record.id,
      written: record.writtenAt,
      channel: system.channel,
      eventId: system.eventId,
      provider: system.provider,
      computer: system.computer,
      version: system.version,
      level: system.level,
      task: system.task,
      opcode: system.opcode,
      keywords: system.keywords,
      processId: system.processId,
      threadId: system.threadId,
      userSid: system.userSid,
      timeCreated: system.timeCreated,
    }).toEqual({
      id: 77,
      written: someTime,
      channel: "Security",
      eventId: 4624,
      provider: "Microsoft-Windows-Security-Auditing",
      computer: "ws-17.corp.example",
      version: 2,
      level: 0,
      task: 12_544,
      opcode: 1,
      keywords: "0x8020000000000000",
      processId: 624,
      threadId: 680,
      userSid: "S-1-5-18",
      timeCreated: "2024-05-06T07:08:09.1234567Z",
    });
  });

  test("attributes are Tag_Attribute; what is absent is undefined", () => {
    expect(record.get("Provider_Guid")).toBe(`{${someGuid}}`);
    expect(record.get("Correlation_ActivityID")).toBe(`{${someGuid}}`);
    expect(record.get("Correlation_RelatedActivityID")).toBeUndefined();
    expect(record.get("EventID_Qualifiers")).toBeUndefined();
    expect(record.get("System.Channel")).toBe("Security");
    expect(record.get("Nothing")).toBeUndefined();
  });

  test("the time keeps 100 ns", () => {
    const instant = { ms: Date.UTC(2024, 4, 6, 7, 8, 9, 123), ns: 456_700 };
    expect(record.writtenInstant).toEqual(instant);
    expect(record.createdInstant).toEqual(instant);
  });

  test("a record id beyond 2^53 is a bigint", () => {
    expect(readOne(spec({ recordId: 2n ** 60n + 1n })).id).toBe(2n ** 60n + 1n);
  });

  test("classic records have qualifiers and a constant provider", () => {
    const classic = readOne(
      spec({ provider: { name: "Service Control Manager" }, qualifiers: 16_384, eventId: 7045 }),
    );
    expect(classic.eventId).toBe(7045);
    expect(classic.get("EventID_Qualifiers")).toBe(16_384);
    expect(classic.provider).toBe("Service Control Manager");
  });
});

describe("event data", () => {
  test("named values, in order, spaces of names stripped", () => {
    const record = readOne(
      spec({
        eventData: [
          { name: "Target User", value: "m.keller" },
          { name: "LogonType", type: "uint32", value: 10 },
          { name: "Empty", value: "" },
        ],
      }),
    );
    expect([...record.eventData()]).toEqual([
      ["TargetUser", "m.keller", "EventData"],
      ["LogonType", 10, "EventData"],
      ["Empty", "", "EventData"],
    ]);
    expect(record.get("EventData.TargetUser")).toBe("m.keller");
    expect(record.get("LogonType")).toBe(10);
  });

  test("a bare name means System first", () => {
    const record = readOne(spec({ eventData: [{ name: "Channel", value: "from data" }] }));
    expect(record.get("Channel")).toBe("Security");
    expect(record.get("EventData.Channel")).toBe("from data");
  });

  test("values without names are a list under Data", () => {
    const two = readOne(
      spec({ eventData: [{ value: "a" }, { value: "b" }], binary: Uint8Array.of(1, 0xfe) }),
    );
    expect(dataOf(two)).toEqual({ Data: ["a", "b"], Binary: "01FE" });
    const one = readOne(spec({ eventData: [{ value: "a" }] }));
    expect(one.get("EventData.Data")).toEqual(["a"]);
    const apart = readOne(
      raw([
        {
          name: "EventData",
          children: [
            { name: "Data", children: ["a"] },
            { name: "Data", children: ["b"] },
          ],
        },
      ]),
    );
    expect(dataOf(apart)).toEqual({ Data: ["a", "b"] });
  });

  test("a name that repeats gives a list", () => {
    const record = readOne(
      spec({
        eventData: [
          { name: "x", value: "1" },
          { name: "y", value: "2" },
          { name: "x", value: "3" },
        ],
      }),
    );
    expect(record.get("x")).toEqual(["1", "3"]);
    expect(dataOf(record)).toEqual({ x: ["1", "3"], y: "2" });
  });

  test("UserData: children of the provider's element by name", () => {
    const record = readOne(
      spec({
        userData: {
          name: "LogFileCleared",
          attributes: { xmlns: "http://manifests.example/eventlog" },
          children: [
            { name: "SubjectUserName", value: "adm.lindt" },
            { name: "Nested", children: [{ name: "Deep", type: "uint32", value: 4 }] },
          ],
        },
      }),
    );
    expect([...record.eventData()]).toEqual([
      ["SubjectUserName", "adm.lindt", "UserData"],
      ["Nested.Deep", 4, "UserData"],
    ]);
    expect(record.get("UserData.SubjectUserName")).toBe("adm.lindt");
    expect(record.get("SubjectUserName")).toBe("adm.lindt");
    expect(record.get("UserData.Nested.Deep")).toBe(4);
  });

  test("ComplexData goes by its Name", () => {
    const complex = { name: "ComplexData", attributes: [["Name", ["Filter"]]] as const, children: ["tcp"] };
    expect(readOne(raw([{ name: "EventData", children: [complex] }])).get("EventData.Filter")).toBe("tcp");
  });

  test("a name that is itself a value", () => {
    const data = {
      name: "Data",
      attributes: [["Name", [{ slot: 0, type: "string" as const }]]] as const,
      children: [{ slot: 1, type: "uint32" as const }],
    };
    const record = readOne(
      raw([{ name: "EventData", children: [data] }], [{ value: "my port" }, { type: "uint32", value: 443 }]),
    );
    expect(dataOf(record)).toEqual({ myport: 443 });
    expect(record.get("EventData.myport")).toBe(443);
  });

  test("a dropped element is absent, an empty one is not", () => {
    const slot = (isOptional: boolean) => ({ slot: 0, type: "string" as const, optional: isOptional });
    const data = (name: string, isOptional: boolean) => ({
      name: "Data",
      attributes: [["Name", [name]]] as const,
      children: [slot(isOptional)],
    });
    const record = readOne(
      raw([{ name: "EventData", children: [data("kept", false), data("dropped", true)] }], [{ value: null }]),
    );
    expect(dataOf(record)).toEqual({ kept: "" });
  });
});

describe("records without a template", () => {
  const event = {
    name: "Event",
    children: [
      {
        name: "System",
        children: [
          { name: "Provider", attributes: [["Name", ["Forwarder"]]] as const },
          { name: "EventID", children: ["4104"] },
          { name: "Channel", children: ["ForwardedEvents"] },
        ],
      },
      {
        name: "EventData",
        children: [
          {
            name: "Data",
            attributes: [["Name", ["A"]]] as const,
            children: ["x", { entityRef: "amp" as const }, "y"],
          },
        ],
      },
    ],
  };
  const record = readOne({ recordId: 5, time: filetimeOf(0), fragment: { element: event } });

  test("numbers that are text are still numbers to the accessors", () => {
    expect(record.eventId).toBe(4104);
    expect(record.get("EventID")).toBe("4104");
  });

  test.each([
    ["2024-05-06T07:08:09.1234567Z", { ms: Date.UTC(2024, 4, 6, 7, 8, 9, 123), ns: 456_700 }],
    ["2024-05-06T07:08:09Z", { ms: Date.UTC(2024, 4, 6, 7, 8, 9), ns: 0 }],
    ["2024-13-06T07:08:09Z", undefined],
    ["yesterday", undefined],
  ])("a time that is text: %s", (time, expected) => {
    const children = [{ name: "TimeCreated", attributes: [["SystemTime", [time]]] as const }];
    const element = { name: "Event", children: [{ name: "System", children }] };
    const forwarded = readOne({ recordId: 5, time: filetimeOf(0), fragment: { element } });
    expect(forwarded.createdInstant).toEqual(expected);
    expect(forwarded.timeCreated).toBe(time);
  });

  test("a value of several tokens is one text", () => {
    expect(record.get("EventData.A")).toBe("x&y");
    expect(record.provider).toBe("Forwarder");
  });
});

test("values of a fragment within a fragment", () => {
  const inner = { element: { name: "Inner", children: ["deep"] } };
  const data = (name: string, slot: number, type: "string" | "binxml") => ({
    name: "Data",
    attributes: [["Name", [name]]] as const,
    children: [{ slot, type }],
  });
  const template = {
    guid: someGuid,
    root: { name: "EventData", children: [data("a", 0, "string"), data("n", 1, "binxml")] },
  };
  const record = readOne(
    raw(
      [{ slot: 0, type: "binxml" }],
      [
        {
          type: "binxml",
          value: {
            template: { ...template, guid: "00000001-0000-0000-0000-000000000001" },
            values: [{ value: "v" }, { type: "binxml", value: inner }],
          },
        },
      ],
    ),
  );
  expect(dataOf(record)).toEqual({ a: "v", n: "deep" });
});

test("below a root of another name nothing passes for a value of System", () => {
  const eventId = { name: "EventID", children: ["4625"] };
  const root = { name: "Evxnt", children: [{ name: "System", children: [eventId] }] };
  const template = { guid: "00000002-0000-0000-0000-000000000002", root };
  const record = readOne({ recordId: 1, time: someTime, fragment: { template, values: [] } });
  expect(record.eventId).toBeUndefined();
  expect(record.get("System.EventID")).toBeUndefined();
  expect(record.get("EventID")).toBeUndefined();
  expect(record.get("Evxnt.System.EventID")).toBe("4625");
});
