import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./rabbitmq.ts";

describe("app/rabbitmq", () => {
  checkFormat(format, [
    [
      "connection",
      "2024-03-05 10:14:02.123 [info] <0.33.0> accepting AMQP connection <0.33.0> (203.0.113.9:49914 -> 10.0.0.3:5672)",
      1,
      { "source.ip": "203.0.113.9", "destination.port": 5672 },
    ],
    [
      "refused login",
      "2024-03-05 10:14:03.123456+00:00 [error] <0.34.0> PLAIN login refused: user 'guest' - invalid credentials",
      1,
      { "user.name": "guest", "event.outcome": "failure" },
    ],
    ["empty", "", 0, {}],
  ]);
});
