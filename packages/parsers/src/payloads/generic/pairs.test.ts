import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./pairs.ts";

const parties = {
  "source.ip": "192.0.2.9",
  "source.port": 1234,
  "destination.ip": "10.1.1.2",
  "destination.port": 22,
};

describe("pairs in messages of unknown products", () => {
  checkPayload(payload, [
    ["blanks", 'conn: src=192.0.2.9 sport=1234 dst=10.1.1.2 dport=22 proto=tcp action="drop it"', parties],
    ["commas", "src_ip=192.0.2.9,src_port=1234,dst_ip=10.1.1.2,dst_port=22,policy=out of band", parties],
    ["tabs", "srcip=192.0.2.9\tsrcport=1234\tdstip=10.1.1.2\tdstport=22\tuser agent=x y", parties],
    ["bars", "SrcIP=192.0.2.9|SrcPort=1234|DstIP=10.1.1.2|DstPort=22", parties],
    ["colons", "Protocol: TCP, SrcIP: 192.0.2.9, SrcPort: 1234, DstIP: 10.1.1.2, DstPort: 22", parties],
    ["prose with a setting", "started with level=3, nothing else to say", undefined],
    ["settings of nobody", "cache=1 size=2 depth=3 width=4 height=5", undefined],
  ]);
});
