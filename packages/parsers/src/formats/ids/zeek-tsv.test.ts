import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./zeek-tsv.ts";

const header = (path: string, fields: string, types: string) =>
  `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\t${path}\n#fields\t${fields}\n#types\t${types}\n`;
const ids = "ts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p";
const idTypes = "time\tstring\taddr\tport\taddr\tport";
const connection = "1709630044.120031\tC1\t10.0.0.1\t1000\t192.0.2.1\t443";

describe("ids/zeek-tsv", () => {
  it("reads types: counts, booleans, sets, unset and empty", () => {
    const text = `${header("conn", `${ids}\torig_bytes\tlocal_orig\ttunnel_parents\tservice`, `${idTypes}\tcount\tbool\tset[string]\tstring`)}${connection}\t5\tT\ta,b\t-\n`;
    const event = collect(text, [format]).events[0]!;
    expect(event.dataset).toBe("zeek/conn");
    expect(event.time).toMatchObject({ ms: 1709630044120, ns: 31000, zoneSource: "in-record" });
    expect(event.fields).toMatchObject({
      "source.bytes": 5,
      "firebreak.raw.local_orig": true,
      "firebreak.raw.tunnel_parents": ["a", "b"],
    });
    expect(event.fields).not.toHaveProperty(["network.protocol"]);
  });

  it("reads a stream that it has no table for", () => {
    const event = collect(`${header("my_log", ids, idTypes)}${connection}\n`, [format]).events[0]!;
    expect(event.dataset).toBe("zeek/my_log");
    expect(event.fields["destination.ip"]).toBe("192.0.2.1");
  });

  it("unescapes what Zeek escaped", () => {
    const text = `${header("http", `${ids}\turi`, `${idTypes}\tstring`)}${connection}\t/a\\x09b\n`;
    expect(collect(text, [format]).events[0]?.fields["url.original"]).toBe("/a\tb");
  });

  it("takes another separator", () => {
    const text = "#separator |\n#fields|ts|id.orig_h\n#types|time|addr\n1709630044.5|10.0.0.1\n";
    const read = collect(text.replace(/\|10/g, "|10"), [format]);
    expect(read.skips).toHaveLength(3);
  });

  it.each([
    ["cut row", `${header("conn", ids, idTypes)}1709630044.1\tC1\n`, "2 columns where #fields names 6"],
    ["row without header", `${connection}\n`, "no format recognised for this line"],
  ])("rejects a %s", (_name, text, reason) => {
    expect(collect(text, [format]).rejects[0]?.reason).toBe(reason);
  });
});
