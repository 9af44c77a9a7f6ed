import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./aws-vpc-flow.ts";

const read = (text: string) => collect(text, [format]);
const flow = "2 111122223333 eni-1 192.0.2.1 10.0.0.1 1000 22 6 3 180 1709630520 1709630580 REJECT OK";

describe("cloud/aws-vpc-flow", () => {
  it("reads the default columns without a header", () => {
    const event = read(flow).events[0]!;
    expect(event.fields).toMatchObject({
      "source.ip": "192.0.2.1",
      "destination.port": 22,
      "network.transport": "tcp",
      "event.action": "reject",
    });
    expect(event.time?.ms).toBe(1709630580000);
  });
  it("follows the order of a header", () => {
    const { events } = read("dstaddr srcaddr action start\n10.0.0.1 192.0.2.1 ACCEPT 1709630520\n");
    expect(events[0]?.fields).toMatchObject({ "source.ip": "192.0.2.1", "event.action": "accept" });
  });
  it.each([
    ["junk address", flow.replace("192.0.2.1", "300.1.1.1"), "source.ip"],
    ["junk port", flow.replace(" 1000 ", " 1000x "), "source.port"],
  ])("%s is not put into its field", (_name, line, field) => {
    expect(read(line).events[0]?.fields).not.toHaveProperty([field]);
  });
  it("leaves other lines alone", () => {
    expect(read("2 times two is four").events).toHaveLength(0);
  });
});
