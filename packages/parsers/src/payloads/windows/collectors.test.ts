import { describe, expect, it } from "vitest";
import { format as rfc3164 } from "../../formats/syslog/rfc3164.ts";
import { format as rfc5424 } from "../../formats/syslog/rfc5424.ts";
import { collect } from "../../testing/collect.ts";

const first = (line: string) => collect(line, [rfc3164, rfc5424]).events[0];

describe("Windows events in syslog", () => {
  it.each([
    [
      "Snare",
      "May 14 08:10:23 ws1 MSWinEventLog\t1\tSecurity\t45\tTue May 14 08:10:23 2024\t4634\tMicrosoft-Windows-Security-Auditing\tN/A\tN/A\tSuccess Audit\tws1\tLogoff\t\tAn account was logged off.  Subject:  Account Name:  ann  Account Domain:  CORP  Logon Type:  3\t9",
      { "event.action": "logged-out", "user.name": "ann", "event.outcome": "success" },
    ],
    [
      "Snare with tabs that the server wrote out",
      "May 14 08:10:23 ws1 MSWinEventLog#0111#011Security#01145#011Tue May 14 08:10:23 2024#0114625#011Microsoft-Windows-Security-Auditing#011N/A#011N/A#011Failure Audit#011ws1#011Logon#011#011An account failed to log on.#0119",
      { "event.action": "logon-failed", "event.outcome": "failure", "event.code": "4625" },
    ],
    [
      "WinCollect",
      "<13>May 14 08:10:23 ws1 AgentDevice=WindowsLog\tAgentLogFile=Security\tSource=Microsoft-Windows-Security-Auditing\tComputer=ws1\tEventIDCode=4634\tTimeGenerated=1715674223\tKeywords=Audit Success\tMessage=An account was logged off.  Subject:  Account Name:  ann",
      { "event.code": "4634", "user.name": "ann", "event.outcome": "success" },
    ],
    [
      "evtsys",
      "<13>May 14 08:10:25 dc1 Security-Auditing: 4625: AUDIT_FAILURE An account failed to log on. Account For Which Logon Failed: Account Name: bob",
      { "event.action": "logon-failed", "user.name": "bob", "event.outcome": "failure" },
    ],
    [
      "NXLog's structured data",
      '<13>1 2024-05-14T08:10:23Z ws1 Microsoft-Windows-Security-Auditing 4 - [NXLOG@14506 EventID="4634" SourceName="Microsoft-Windows-Security-Auditing" Channel="Security" TargetUserName="ann" EventType="AUDIT_SUCCESS"] An account was logged off.',
      { "event.action": "logged-out", "user.name": "ann", "host.name": "ws1" },
    ],
  ])("%s", (_, line, expected) => {
    const event = first(line);
    expect(event?.dataset).toBe("windows/event-syslog");
    expect(event?.fields).toMatchObject(expected);
  });

  it.each([
    ["cut short", "May 14 08:10:23 ws1 MSWinEventLog\t1\tSecurity\t45"],
    ["without an event id", "<13>May 14 08:10:23 ws1 AgentDevice=WindowsLog\tEventIDCode=x"],
    ["broken XML", "<13>1 2024-05-14T08:10:23Z ws1 x - - - <Event xmlns='a'><System>"],
  ])("stays plain syslog: %s", (_, line) => expect(first(line)?.dataset).not.toBe("windows/event-syslog"));
});
