import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collect, unaccountedBytes } from "../../testing/collect.ts";
import { format as csv } from "./event-csv.ts";
import { format as json } from "./event-json.ts";
import { format as jsonLine } from "./event-json-line.ts";
import { format as text } from "./event-text.ts";
import { format as xmlLine } from "./event-xml-line.ts";

const formats = [csv, json, jsonLine, text, xmlLine];

function read(input: string | Uint8Array, fileName = "export") {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  const result = collect(bytes, formats, { fileName });
  expect(unaccountedBytes(result, bytes.length)).toBe(0);
  return result;
}

const header = "Level,Date and Time,Source,Event ID,Task Category\n";
const row = (date: string, id = 7036, message = '"The X service entered the running state."') =>
  `Information,${date},Service Control Manager,${id},None,${message}\n`;

describe("windows/event-csv", () => {
  it.each([
    ["a header alone", header, 0, 0],
    ["one row", header + row("5/14/2024 1:00:00 AM"), 1, 0],
    ["many rows", header + row("5/14/2024 1:00:00 AM").repeat(50), 50, 0],
    ["a row without a message", `${header}Information,5/14/2024 1:00:00 AM,X,1,None\n`, 1, 0],
    ["a message over several lines", header + row("5/14/2024 1:00:00 AM", 1, '"a\n\nb, ""c"""'), 1, 0],
    [
      "a quote that never closes",
      header + row("5/14/2024 1:00:00 AM", 1, '"cut') + row("5/13/2024 1:00:00 AM"),
      1,
      1,
    ],
    ["a repeated header", header + row("5/14/2024 1:00:00 AM") + header + row("5/14/2024 1:00:00 AM"), 2, 0],
    ["a row without an id", `${header}Information,5/14/2024 1:00:00 AM,X,y,None\n`, 0, 1],
    ["an impossible date", header + row("5/44/2024 1:00:00 AM"), 1, 0],
  ])("%s", (_, input, events, rejects) => {
    const result = read(input);
    expect(result.format).toBe("windows/event-csv");
    expect([result.events.length, result.rejects.length]).toEqual([events, rejects]);
  });

  it("marks a date that could be read either way, and only such", () => {
    const { events, notes } = read(header + row("04/05/2024 10:00:00") + row("05/05/2024 10:00:00"));
    expect(events.map((event) => event.time?.dayMonthAmbiguous)).toEqual([true, undefined]);
    expect(notes[0]).toMatch(/nothing in the file tells day from month/);
  });

  it("keeps local time without a zone for the case's setting", () => {
    const input = new TextEncoder().encode(header + row("5/14/2024 1:00:00 AM"));
    const { events } = collect(input, formats, {
      time: { zone: { zone: "America/New_York", source: "case-setting" } },
    });
    expect(events[0]!.time).toMatchObject({ ms: Date.UTC(2024, 4, 14, 5), zoneSource: "case-setting" });
  });

  it("reads EvtxECmd's times as UTC and its payload as data", () => {
    const payload = JSON.stringify({
      EventData: { Data: [{ "@Name": "LogonType", "#text": "10" }] },
    }).replaceAll('"', '""');
    const input = `RecordNumber,EventRecordId,TimeCreated,EventId,Level,Provider,Channel,Computer,PayloadData1,Payload\n1,99,2024-05-14 06:10:23.1234567,4624,Info,Microsoft-Windows-Security-Auditing,Security,WS,x,"${payload}"\n`;
    const { events, notes } = read(input);
    expect(events[0]!.fields).toMatchObject({
      "winlog.event_data.LogonType": "10",
      "winlog.record_id": 99,
      "host.name": "WS",
    });
    expect(events[0]!.time).toMatchObject({ ns: 456_700, zoneSource: "format-default" });
    expect(notes).toEqual([]);
  });

  it("asserts nothing of an id that two providers use when none is named", () => {
    const input =
      "TimeCreated,EventID,Computer,Message\n2024-05-14 01:00:00,2004,WS,Source Address: 192.0.2.25\n";
    const { fields } = read(input).events[0]!;
    expect(fields).toMatchObject({ "firebreak.ambiguous": true, "host.name": "WS" });
    expect(fields["firebreak.readings"]).toHaveLength(2);
    expect(fields["event.action"]).toBeUndefined();
  });

  it("reads Export-Csv behind its type line", () => {
    const input = `#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord\n"Message","Id","Level","LevelDisplayName","ProviderName","LogName","MachineName","TimeCreated"\n"The X service entered the stopped state.","7036","4","Information","Service Control Manager","System","WS","5/14/2024 1:00:00 PM"\n`;
    expect(read(input).events[0]!.fields).toMatchObject({
      "service.state": "stopped",
      "winlog.level": 4,
      "host.name": "WS",
      "winlog.channel": "System",
    });
  });
});

describe("windows/event-text", () => {
  it.each([
    [
      "Event Viewer",
      "Log Name:      System\nSource:        Service Control Manager\nDate:          5/14/2024 1:00:00 AM\nEvent ID:      7036\nLevel:         Information\nComputer:      WS\nDescription:\nThe X service entered the running state.\n",
    ],
    [
      "German",
      "Protokollname: System\nQuelle:        Service Control Manager\nDatum:         14.05.2024 01:00:00\nEreignis-ID:   7036\nEbene:         Informationen\nComputer:      WS\nBeschreibung:\nThe X service entered the running state.\n",
    ],
    [
      "wevtutil",
      "Event[0]:\n  Log Name: System\n  Source: Service Control Manager\n  Date: 2024-05-14T01:00:00.000\n  Event ID: 7036\n  Level: Information\n  Computer: WS\n  Description: \nThe X service entered the running state.\n",
    ],
    [
      "Format-List",
      "TimeCreated  : 5/14/2024 1:00:00 AM\nProviderName : Service Control Manager\nId           : 7036\nMachineName  : WS\nLevel        : 4\nMessage      : The X service entered the running state.\n",
    ],
    [
      "Splunk",
      "05/14/2024 01:00:00 AM\nLogName=System\nSourceName=Service Control Manager\nEventCode=7036\nType=Information\nComputerName=WS\nMessage=The X service entered the running state.\n",
    ],
    [
      "keys in any order",
      "Event ID: 7036\nComputer: WS\nTime Created: 2024-05-14 01:00:00\nProvider Name: Service Control Manager\nMessage: The X service entered the running state.\n",
    ],
  ])("%s", (_, block) => {
    const { events, rejects } = read(`${block}\n${block}`);
    expect(rejects).toEqual([]);
    expect(events).toHaveLength(2);
    for (const event of events) {
      expect(event.fields).toMatchObject({
        "event.action": "service-state-changed",
        "service.name": "X",
        "host.name": "WS",
      });
      expect(event.time!.ms).toBe(Date.UTC(2024, 4, 14, 1));
    }
  });

  it("prefers the event's own XML", () => {
    const block =
      'Log Name: System\nSource: X\nDate: 5/14/2024 1:00:00 AM\nEvent ID: 9\nLevel: Error\nDescription:\nText\nEvent Xml:\n<Event xmlns="e">\n<System><Provider Name="X"/><EventID>9</EventID><TimeCreated SystemTime="2024-05-14T05:00:00Z"/></System>\n</Event>\n';
    const { events } = read(block + block);
    expect(events.map((event) => event.time!.zoneSource)).toEqual(["in-record", "in-record"]);
    expect(events[0]!.fields.message).toBe("Text");
  });

  it("does not take prose or other key lists", () => {
    expect(read("Date: today\nSubject: the source of all\nFrom: me\n").format).toBe("unrecognised");
  });
});

describe("windows/event-json", () => {
  it("reads an array and counts what is no event", () => {
    const { events, rejects, format } = read(
      '[{"EventID":7036,"Channel":"System","SourceName":"Service Control Manager","TimeCreated":"2024-05-14T01:00:00Z"},\n {"a":1}]',
    );
    expect([format, events.length, rejects.length]).toEqual(["windows/event-json", 1, 1]);
  });

  it("tells that a collector's UTC is not Sysmon's", () => {
    const line =
      '{"EventID":1,"SourceName":"Microsoft-Windows-Sysmon","Channel":"Microsoft-Windows-Sysmon/Operational","@timestamp":"2024-05-14T01:00:00Z","UtcTime":"2024-05-14 05:00:00.000"}\n';
    const { events } = read(line);
    expect(events[0]!.time!.ms).toBe(Date.UTC(2024, 4, 14, 1));
    expect(events[0]!.fields["firebreak.utc_time_difference_minutes"]).toBe(240);
  });

  it.each([
    ['{"EventID":"x","Channel":"Security"}\n', 1],
    ['{"EventID":4624,"Channel":"Security"\n', 1],
    ['{"a":1}\n', 1],
  ])("rejects %s", (line, rejects) => expect(read(line).rejects).toHaveLength(rejects));
});

it("takes cut and changed exports without a throw or a lost byte", () => {
  const samples = [
    header + row("5/14/2024 1:00:00 AM").repeat(3),
    '[{"EventID":1,"Channel":"System","TimeCreated":"2024-05-14 01:00:00"},{"EventID":2,"Channel":"System"}]',
    "Log Name: System\nSource: X\nDate: 5/14/2024 1:00:00 AM\nEvent ID: 9\nLevel: Error\nDescription:\nText\n",
    "<Event xmlns='e'><System><EventID>9</EventID></System></Event>\n",
  ].map((sample) => new TextEncoder().encode(sample));
  fc.assert(
    fc.property(
      fc.constantFrom(...samples),
      fc.nat(400),
      fc.nat(400),
      fc.nat(255),
      (sample, cut, at, byte) => {
        const bytes = sample.slice(0, Math.max(1, sample.length - cut));
        bytes[at % bytes.length] = byte;
        read(bytes);
      },
    ),
    { numRuns: 300 },
  );
});
