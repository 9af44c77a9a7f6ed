import { describe, expect, it } from "vitest";
import { readPayload } from "../../testing/payload.ts";
import { payload } from "./sysmon.ts";

const xml =
  '<Event><System><Provider Name="Linux-Sysmon" Guid="{ff032593-a8d3-4f13-b0d6-01fc615a0f97}"/><EventID>1</EventID><Version>5</Version><Level>4</Level><TimeCreated SystemTime="2024-03-03T10:22:33.123456000Z"/><EventRecordID>7</EventRecordID><Channel>Linux-Sysmon/Operational</Channel><Computer>web1</Computer></System><EventData><Data Name="Image">/usr/bin/curl</Data><Data Name="CommandLine">curl http://203.0.113.5/x</Data><Data Name="User">www-data</Data></EventData></Event>';

describe("linux/sysmon", () => {
  it("reads the event in the message", () => {
    const draft = readPayload(payload, xml)!;
    expect(draft.dataset).toBe("linux/sysmon");
    expect(draft.time!.ms).toBe(Date.UTC(2024, 2, 3, 10, 22, 33, 123));
    expect(draft.fields).toMatchObject({ "winlog.event_id": 1, "winlog.event_data.Image": "/usr/bin/curl" });
  });
  it.each(["", "<Event", xml.slice(0, 300), "Sysmon started"])("leaves %j alone", (text) =>
    expect(readPayload(payload, text)).toBeUndefined(),
  );
});
