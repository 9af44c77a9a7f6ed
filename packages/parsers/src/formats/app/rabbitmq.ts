import type { LineFormat } from "@firebreak/model/format";
import { setAddressPort } from "../../ecs/endpoint.ts";
import { lineTable } from "../../text/line-table.ts";
import { rule } from "../../text/rules.ts";

/** RabbitMQ server log, 3.7 and newer. The offset is in the record from 3.9 on, before it is local time. */
export const format = {
  kind: "line",
  name: "app/rabbitmq",
  title: "RabbitMQ log (text)",
  version: 1,
  notes:
    "By time, [level] and the Erlang process <0.1.0>. The offset is written from 3.9 on; local time before.",
  ...lineTable({
    dataset: "app/rabbitmq",
    rules: [
      rule(
        /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3,6}(?:[+-]\d\d:\d\d)?) \[(\w{3,9})\] <\d{1,9}\.\d{1,9}\.\d{1,9}> ([\s\S]*)$/,
        "@ log.level message",
        { "event.category": ["process"], "event.type": ["info"] },
      ),
    ],
    vote: 0.9,
    // Before 3.9 the reason stands below, at the margin.
    continues: (pending, line) =>
      /^\s+\S/.test(line) || (pending.endsWith(":") && /^[A-Z-]{5,20} login refused: /.test(line)),
    finish(fields) {
      const text = String(fields.message ?? "").slice(0, 2000);
      const ends = /\(([\da-fA-F.:[\]]{7,50}:\d{1,5}) -> ([\da-fA-F.:[\]]{7,50}:\d{1,5})/.exec(text);
      if (ends) {
        setAddressPort(fields, "source", ends[1]!);
        setAddressPort(fields, "destination", ends[2]!);
        fields["network.transport"] = "tcp";
        fields["event.category"] = ["network"];
        fields["event.type"] = ["connection"];
      }
      const refused = /login refused: user '([^']{1,200})' - (.{1,200})/.exec(text);
      const accepted = /user '([^']{1,200})' authenticated and granted access/.exec(text);
      if (refused ?? accepted) {
        fields["event.category"] = ["authentication"];
        fields["event.type"] = ["start"];
        fields["event.action"] = "login";
        fields["event.outcome"] = refused ? "failure" : "success";
        fields["user.name"] = (refused ?? accepted)![1]!;
        if (refused) fields["event.reason"] = refused[2]!;
      }
      return undefined;
    },
  }),
} satisfies LineFormat;
