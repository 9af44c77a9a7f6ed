import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./mimecast.ts";

describe("mail/mimecast", () => {
  checkFormat(format, [
    [
      "rejected",
      "datetime=2024-03-05T10:14:02-0500|aCode=x1|acc=C1|Sender=mallory@example.com|Rcpt=amy@example.org|IP=203.0.113.9|Subject=Hi|Act=Rej|RejType=Virus|RejCode=554|Dir=Inbound|MsgId=<m1@example.com>",
      1,
      { "source.ip": "203.0.113.9", "event.action": "rej", "email.subject": "Hi" },
    ],
    ["empty", "", 0, {}],
  ]);
});
