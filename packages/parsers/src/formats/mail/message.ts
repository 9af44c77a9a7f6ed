import type { DocumentFormat, Head } from "@firebreak/model/format";
import { walkMailbox } from "../../mail/mailbox.ts";
import { readMessage } from "../../mail/message.ts";

/** Fields that a mail begins with; other texts of names and values have few of them. */
const mailFields =
  /^(?:from|to|cc|subject|date|message-id|received|return-path|mime-version|delivered-to|content-type|reply-to|dkim-signature|authentication-results|received-spf|x-[\w-]+):/i;
const fewestFields = 3;
const mailboxLine = /^From \S+ .*\d{4}\r?$/;

/** A mail as it was sent (RFC 5322, `.eml`), and mailboxes of them (mbox, RFC 4155). */
export const format = {
  kind: "document",
  name: "mail/message",
  title: "Mail message (.eml) and mailbox (mbox)",
  version: 1,
  notes:
    "By the header fields that a mail begins with. The time is that of the last Received field, which the receiving server wrote; without one the sender's Date. Header fields keep their text in firebreak.raw.<field>, links of the body in firebreak.raw.links; attachments are hashed, not opened (see firebreak inspect).",
  sniff: (head) => (isMail(head) ? 0.9 : 0),
  parse(source, context, sink) {
    walkMailbox(source, {
      message(bytes, offset, length) {
        const draft = readMessage(bytes, context);
        if (draft === undefined) sink.reject({ offset, length }, "no header of a mail");
        else sink.event({ ...draft, offset, length });
      },
      cut(offset, length) {
        sink.skip({ offset, length }, "rest of a mail that is longer than 32 MiB");
      },
    });
  },
} satisfies DocumentFormat;

function isMail(head: Head): boolean {
  const lines = head.text.slice(0, 32_768).split("\n", 400);
  if (mailboxLine.test(lines[0] ?? "")) lines.shift();
  const names = new Set<string>();
  for (const line of lines) {
    if (/^\r?$/.test(line)) break;
    if (/^[ \t]/.test(line)) continue;
    // What stands before the end of the header and is no field is of another format.
    if (!/^[A-Za-z][A-Za-z0-9-]{0,75}:/.test(line)) return false;
    if (mailFields.test(line)) names.add(line.slice(0, line.indexOf(":")).toLowerCase());
  }
  const isSent = names.has("from") && (names.has("date") || names.has("received") || names.has("message-id"));
  return names.size >= fewestFields && isSent;
}
