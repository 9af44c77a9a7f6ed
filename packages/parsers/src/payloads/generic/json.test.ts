import { describe, expect, it } from "vitest";
import { format } from "../../formats/syslog/rfc3164.ts";
import { collect } from "../../testing/collect.ts";

const read = (program: string, message: string) =>
  collect(`Mar  5 10:14:02 gw01 ${program}: ${message}\n`, [format]).events[0]!;

describe("logs that arrive within syslog", () => {
  it.each([
    [
      "Suricata",
      "suricata[5]",
      '{"timestamp":"2024-03-05T09:14:02.5+0000","event_type":"alert","src_ip":"192.0.2.1","dest_ip":"10.0.0.1","alert":{"signature":"S","signature_id":7}}',
      "suricata/alert",
      { "source.ip": "192.0.2.1", "rule.id": "7" },
    ],
    ["CEE", "app", '@cee: {"user":"bob"}', "generic/json-lines", { "user.name": "bob" }],
    [
      "web server",
      "nginx",
      '192.0.2.1 - - [05/Mar/2024:10:14:02 +0100] "GET /x HTTP/1.1" 404 1 "-" "ua"',
      "web/access",
      { "url.path": "/x" },
    ],
  ])("%s", (_name, program, message, dataset, expected) => {
    const event = read(program, message);
    expect(event.dataset).toBe(dataset);
    expect(event.fields).toMatchObject({ ...expected, "host.name": "gw01" });
  });

  it.each([["broken JSON", "app", '{"a":']])("%s stays a plain message", (_name, program, message) => {
    expect(read(program, message).fields.message).toContain(message.slice(0, 5));
  });
});
