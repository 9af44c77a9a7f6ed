import { describe, expect, it } from "vitest";
import { addAddressCopies } from "./address-copies.ts";

describe("addAddressCopies", () => {
  it.each([
    [
      "an IP address",
      { "source.ip": "192.0.2.1" },
      { "source.ip": "192.0.2.1", "source.address": "192.0.2.1" },
    ],
    [
      "a name",
      { "destination.domain": "a.example" },
      { "destination.domain": "a.example", "destination.address": "a.example" },
    ],
    [
      "the address before the name",
      { "client.ip": "192.0.2.1", "client.domain": "a" },
      { "client.ip": "192.0.2.1", "client.domain": "a", "client.address": "192.0.2.1" },
    ],
    [
      "what was recorded",
      { "source.ip": "192.0.2.1", "source.address": "x" },
      { "source.ip": "192.0.2.1", "source.address": "x" },
    ],
    ["a machine's name", { "host.name": "web1" }, { "host.name": "web1", "host.hostname": "web1" }],
    ["no address as a machine's name", { "host.name": "192.0.2.1" }, { "host.name": "192.0.2.1" }],
    [
      "who asks as client",
      { "event.category": ["web"], "source.ip": "192.0.2.1", "source.port": 7 },
      {
        "event.category": ["web"],
        "source.ip": "192.0.2.1",
        "source.port": 7,
        "source.address": "192.0.2.1",
        "client.ip": "192.0.2.1",
        "client.port": 7,
        "client.address": "192.0.2.1",
      },
    ],
    [
      "no client of a flow",
      { "event.category": ["network"], "source.ip": "192.0.2.1" },
      { "event.category": ["network"], "source.ip": "192.0.2.1", "source.address": "192.0.2.1" },
    ],
    [
      "the other name of a machine",
      { "host.hostname": "web1" },
      { "host.name": "web1", "host.hostname": "web1" },
    ],
    ["nothing", {}, {}],
  ])("copies %s", (_, fields, expected) => {
    const copy: Record<string, string | number | string[]> = { ...fields };
    addAddressCopies(copy);
    expect(copy).toEqual(expected);
  });
});
