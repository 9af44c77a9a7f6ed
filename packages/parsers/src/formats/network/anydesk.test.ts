import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./anydesk.ts";

describe("remote/anydesk", () =>
  checkFormat(format, [
    [
      "login",
      "   info 2024-03-03 10:22:33.123       gsvc   4628   3528                anynet.any_socket - Logged in from 198.51.100.9:61234 on relay 99a.\n",
      1,
      { "@time": "2024-03-03T10:22:33.123Z", "source.ip": "198.51.100.9", "source.port": 61234 },
    ],
    [
      "request",
      "   info 2024-03-03 10:22:33.123       back   4628   3528   app.backend_session - Incoming session request: WS7 (123456789)\n",
      1,
      { "firebreak.raw.remote_id": "123456789", "source.domain": "WS7" },
    ],
    [
      "connection list",
      "Incoming    2024-03-03, 10:22    User                          123456789    123456789    \n",
      1,
      { "network.direction": "inbound", "firebreak.raw.remote_id": "123456789", "event.outcome": "success" },
    ],
    [
      "rejected",
      "Incoming    2024-03-03, 10:22    REJECTED                          123456789    123456789\n",
      1,
      { "event.outcome": "failure" },
    ],
  ]));
