import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./collector-table.ts";

describe("syslog/collector-table", () =>
  checkFormat(format, [
    [
      "tag only",
      "2024-03-03 10:22:33\tAuth.Info\t192.0.2.1\tsshd[9]: Failed password for root from 198.51.100.9 port 22 ssh2\n",
      1,
      {
        "@time": "2024-03-03T10:22:33.000Z",
        "source.ip": "198.51.100.9",
        "host.name": "192.0.2.1",
        "process.pid": 9,
        "log.syslog.priority": 38,
      },
    ],
    [
      "header inside",
      "2024-03-03\t10:22:33\tLocal7.Debug\t192.0.2.1\tMar  3 10:22:30 gw1 myapp: hello\n",
      1,
      {
        "host.name": "gw1",
        "firebreak.syslog.relay": "192.0.2.1",
        message: "hello",
        "log.syslog.priority": 191,
      },
    ],
    [
      "firewall",
      '2024-03-03 10:22:33\tLocal4.Warning\tfw1\t%ASA-4-106023: Deny tcp src outside:198.51.100.9/4000 dst inside:192.0.2.10/22 by access-group "x"\n',
      1,
      { "event.action": "firewall-rule", "observer.name": "fw1", "log.syslog.severity.name": "warning" },
    ],
    [
      "plain",
      "2024-03-03 10:22:33\tUser.Notice\thost1\tsomething happened\n",
      1,
      { message: "something happened", "log.syslog.priority": 13 },
    ],
  ]));
