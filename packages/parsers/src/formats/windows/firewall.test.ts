import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./firewall.ts";

const one = (line: string) => collect(`${line}\n`, [format]).events[0]?.fields;

describe("windows/firewall", () => {
  it.each([
    [
      "SEND is outbound",
      "2024-05-14 08:05:57 ALLOW TCP 192.0.2.1 192.0.2.2 1 2 0 - 0 0 0 - - - SEND",
      "allowed",
      "outbound",
    ],
    [
      "RECEIVE is inbound",
      "2024-05-14 08:05:57 DROP TCP 192.0.2.1 192.0.2.2 1 2 0 S 0 0 0 - - - RECEIVE",
      "dropped",
      "inbound",
    ],
    [
      "FORWARD has no side",
      "2024-05-14 08:05:57 ALLOW UDP 192.0.2.1 192.0.2.2 1 2 0 - - - - - - - FORWARD",
      "allowed",
      undefined,
    ],
    [
      "XP's OPEN-INBOUND",
      "2024-05-14 08:05:57 OPEN-INBOUND TCP 192.0.2.1 192.0.2.2 1 2 - - - - - - - - -",
      "connection-opened",
      "inbound",
    ],
  ])("%s", (_, line, action, direction) => {
    const fields = one(line)!;
    expect([fields["event.action"], fields["network.direction"]]).toEqual([action, direction]);
  });

  it("follows #Fields and keeps the local time without a zone", () => {
    const text =
      "#Software: Microsoft Windows Firewall\n#Fields: date time action protocol dst-ip src-ip src-port dst-port\n2024-05-14 08:05:57 DROP TCP 192.0.2.2 192.0.2.1 5 6\n";
    const { events } = collect(text, [format], {
      time: { zone: { zone: "-04:00", source: "case-setting" } },
    });
    expect(events[0]!.fields).toMatchObject({ "source.ip": "192.0.2.1", "destination.ip": "192.0.2.2" });
    expect(events[0]!.time).toMatchObject({
      ms: Date.UTC(2024, 4, 14, 12, 5, 57),
      zoneSource: "case-setting",
    });
  });

  it("leaves junk out of typed fields", () => {
    const fields = one("2024-05-14 08:05:57 DROP TCP x 192.0.2.2 99999 2 - - - - - - - - RECEIVE")!;
    expect(fields["source.ip"] ?? fields["source.port"]).toBeUndefined();
    expect(fields["firebreak.raw.src-ip"]).toBe("x");
  });

  it.each(["", "2024-05-14 08:05:57", "2024-05-14 08:05:57 GET /index.html 200"])(
    "does not take %j",
    (line) => {
      expect(one(line)).toBeUndefined();
    },
  );
});
