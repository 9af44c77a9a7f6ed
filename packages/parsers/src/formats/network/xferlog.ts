import type { Fields } from "@firebreak/model/event";
import type { LineFormat } from "@firebreak/model/format";
import { setEndpoint } from "../../ecs/endpoint.ts";
import { addRelated } from "../../ecs/related.ts";
import { readAsctime } from "../../text/c-time.ts";
import { integerOf } from "../../text/numbers.ts";

const dataset = "network/xferlog";

/** xferlog(5): time, transfer seconds, host, size, file, type, flag, direction, access mode, user, service, auth, auth user, completion. */
const tail = / (\d+) (\S+) (\d+) (.+) ([ab]) (\S+) ([iod]) ([agr]) (.*) (\S+) ([01]) (\S+) ([ci])\s*$/;

const directions: Record<string, { action: string; type: string }> = {
  o: { action: "file-downloaded", type: "access" },
  i: { action: "file-uploaded", type: "creation" },
  d: { action: "file-deleted", type: "deletion" },
};

export const format = {
  kind: "line",
  name: dataset,
  title: "FTP transfer log (xferlog: wu-ftpd, ProFTPD, vsftpd)",
  version: 1,
  notes:
    "`Thu Sep  2 09:52:00 2004 1 host size /path b _ o a user ftp 0 * c`. Local time without zone; the letter o, i or d says what was done with the file.",
  sniff: (line) => (/^[A-Z][a-z]{2} [A-Z][a-z]{2} {1,2}\d{1,2} /.test(line) && tail.test(line) ? 0.97 : 0),
  open: (context) => ({
    parse(record) {
      const head = readAsctime(record, context);
      const match = head ? tail.exec(record.slice(head.end)) : null;
      if (!head || !match) return undefined;
      const direction = directions[match[7]!]!;
      const complete = match[13] === "c";
      const fields: Fields = {
        "event.kind": "event",
        "event.category": ["file", "network"],
        "event.type": [direction.type],
        "event.action": direction.action,
        "event.outcome": complete ? "success" : "failure",
        "event.duration": Number(match[1]) * 1e9,
        "file.path": match[4]!,
        "user.name": match[9]!,
        "network.protocol": match[10]!,
        "firebreak.raw.direction": match[7]!,
        "firebreak.raw.access_mode": match[8]!,
        message: record.trimEnd(),
      };
      setEndpoint(fields, "source", match[2]!);
      const size = integerOf(match[3]!);
      if (size !== undefined) fields["file.size"] = size;
      if (match[12] !== "*") fields["firebreak.raw.auth_user"] = match[12]!;
      if (!complete) fields["event.reason"] = "incomplete";
      addRelated(fields);
      return head.time ? { dataset, time: head.time, fields } : { dataset, fields };
    },
  }),
} satisfies LineFormat;
