import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format as ibmMq } from "./ibm-mq.ts";
import { format as icinga } from "./icinga.ts";
import { format as nats } from "./nats.ts";

describe("app/nats", () => {
  checkFormat(nats, [
    [
      "a published message",
      "[1] 2024/05/14 08:10:24.1 [TRC] 203.0.113.7:52000 - cid:5 - <<- [PUB orders.new 128]",
      1,
      { "source.ip": "203.0.113.7", "source.port": 52000, "event.action": "pub", "network.bytes": 128 },
    ],
    [
      "a refused client",
      '[1] 2024/05/14 08:10:25 [ERR] 203.0.113.7:52001 - cid:6 - authentication error - User "bob"',
      1,
      { "@time": "2024-05-14T08:10:25.000Z", "event.outcome": "failure", "user.name": "bob" },
    ],
    ["empty", "", 0, {}],
  ]);
});

describe("app/ibm-mq", () => {
  const head = "05/14/2024 08:10:23 AM - Process(4321.1) User(mqm) Program(amqzmgr0)\n   Host(mq01)";
  checkFormat(ibmMq, [
    [
      "its own UTC time",
      `${head}\n   Time(2024-05-14T06:10:23.5Z)\n\nAMQ5026I: It\nhas started.\n\nEXPLANATION:\nx\n---- a.c : 1 ----\n`,
      1,
      {
        "@time": "2024-05-14T06:10:23.500Z",
        "event.code": "AMQ5026I",
        message: "It has started.",
        "host.name": "mq01",
        "process.pid": 4321,
      },
    ],
    ["two records", `${head}\n\nAMQ1: a\n---- x ----\n${head}\n\nAMQ2: b\n`, 2, { "user.name": "mqm" }],
    ["empty", "", 0, {}],
  ]);
});

describe("app/icinga", () => {
  checkFormat(icinga, [
    [
      "an entry with its second line",
      "[2024-05-14 08:10:25 +0200] critical/checker: failed:\n  Error: x\n[2024-05-14 08:10:26 +0200] notice/Db: y",
      2,
      { "@time": "2024-05-14T06:10:25.000Z", "log.level": "critical", message: "failed:\n  Error: x" },
    ],
    ["empty", "", 0, {}],
  ]);
});
