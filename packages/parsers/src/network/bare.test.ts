import { describe, expect, it } from "vitest";
import { formats } from "../formats.generated.ts";
import { collect } from "../testing/collect.ts";

const line =
  'date=2024-03-05 time=10:00:00 devname="FGT1" devid="FG1" logid="0000000013" type="traffic" subtype="forward" srcip=10.1.1.2 dstip=192.0.2.1 action="accept" user="anna"';

describe("a product's bare lines", () => {
  it("are read without a header", () => {
    expect(collect(`${line}\n`, formats).events[0]!.fields["user.name"]).toBe("anna");
  });

  it("inside a shipper's object are left to its reader, whose quotes are escaped", () => {
    const { events, format } = collect(`${JSON.stringify({ message: `<190>${line}` })}\n`, formats);
    expect(format).toBe("generic/json-lines");
    expect(events[0]!.fields["user.name"]).toBe("anna");
    expect(events[0]!.dataset).toBe("network/fortigate");
  });
});
