import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./iis.ts";

const read = (text: string) => collect(text, [format]);
const short = "#Fields: date time cs-method cs-uri-stem c-ip sc-status\n";

describe("web/iis", () => {
  it("follows #Fields when it changes within the file", () => {
    const { events } = read(
      `${short}2024-03-05 09:00:00 GET /a 192.0.2.1 200\n#Fields: date time c-ip cs-uri-stem\n2024-03-05 09:00:01 192.0.2.2 /b\n`,
    );
    expect(events.map(({ fields }) => [fields["source.ip"], fields["url.path"]])).toEqual([
      ["192.0.2.1", "/a"],
      ["192.0.2.2", "/b"],
    ]);
  });

  it("is UTC by default, the zone of the header when it names one, and open for local columns", () => {
    const line = "2024-03-05 09:00:00 192.0.2.1\n";
    const of = (header: string) => read(header + line).events[0]?.time;
    expect(of("#Fields: date time c-ip\n")).toMatchObject({ zone: "UTC", zoneSource: "format-default" });
    expect(of("#GMT-Offset: -0800\n#Fields: date time c-ip\n")).toMatchObject({
      zone: "-0800",
      zoneSource: "file-header",
    });
    expect(of("#Fields: date-local time-local c-ip\n")).toMatchObject({ zoneSource: "assumed" });
  });

  it("takes the date of the header for a time alone", () => {
    const { events } = read("#Date: 2024-03-05 00:00:00\n#Fields: time c-ip\n09:00:00 192.0.2.1\n");
    expect(new Date(events[0]?.time?.ms ?? 0).toISOString()).toBe("2024-03-05T09:00:00.000Z");
  });

  it("reads IIS columns without a header and says that they are guessed", () => {
    const { fields } = read("2024-03-05 09:00:00 10.0.0.1 GET /x a=b 443 - 192.0.2.1 UA/1.0 - 404 0 2 15\n")
      .events[0]!;
    expect(fields).toMatchObject({
      "source.ip": "192.0.2.1",
      "http.response.status_code": 404,
      "firebreak.inference.columns": 0.5,
    });
  });

  it.each([
    ["fewer columns", `${short}2024-03-05 09:00:00 GET /a`, "4 columns where #Fields names 6"],
    ["no date", `${short}2024-03-99 09:00:00 GET /a 192.0.2.1 200`, "no valid date and time"],
  ])("rejects %s", (_name, text, reason) => {
    expect(read(text).rejects[0]?.reason).toBe(reason);
  });

  it("keeps columns that the header does not name", () => {
    expect(
      read(`${short}2024-03-05 09:00:00 GET /a 192.0.2.1 200 7 8`).events[0]?.fields["firebreak.raw.extra"],
    ).toEqual(["7", "8"]);
  });

  it("leaves the logs of other products to their own formats", () => {
    const text =
      "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Fields: date time action\n2024-03-05 09:00:00 DROP\n";
    expect(read(text).events).toHaveLength(0);
  });

  it("reads quotes that IIS leaves as they are", () => {
    const { fields } = read(`#Fields: date time cs(User-Agent) sc-status\n2024-03-05 09:00:00 "open 200\n`)
      .events[0]!;
    expect(fields["user_agent.original"]).toBe('"open');
  });
});
