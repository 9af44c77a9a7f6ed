import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./proofpoint-pps.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a report",
      'rprt s=2abc m=1 x=2abc-1 mod=mail cmd=msg action=discard size=2000 hdr_mid=<1@example.org> qid=x1 hops-ip=192.0.2.9 subject="hello"',
      {
        "event.action": "discard",
        "event.outcome": "failure",
        "email.message_id": "1@example.org",
        "source.ip": "192.0.2.9",
        "email.subject": "hello",
      },
    ],
    [
      "a sender",
      "info s=2abc m=1 x=2abc-1 mod=session cmd=env_from value=x@example.org host=mx.example.org ip=192.0.2.9",
      {
        "email.from.address": "x@example.org",
        "source.domain": "mx.example.org",
        "event.action": "env_from",
      },
    ],
    ["other", "info x", undefined],
  ]),
);
