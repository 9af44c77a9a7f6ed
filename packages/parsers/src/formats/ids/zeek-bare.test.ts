import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./zeek-bare.ts";

const start = "1709630044.120031\tCPa1xk2bE9dQ7mGh4c\t10.0.0.21\t51514\t198.51.100.7\t443";

describe("ids/zeek-bare", () => {
  checkFormat(format, [
    ["nothing", "", 0, {}],
    [
      "a connection, bytes as on the wire",
      `${start}\ttcp\tssl\t1.25\t900\t4400\tSF\tT\tF\t0\tShAD\t12\t1420\t10\t4936\t-\n`,
      1,
      {
        "@time": "2024-03-05T09:14:04.120Z",
        "source.ip": "10.0.0.21",
        "destination.port": 443,
        "source.bytes": 1420,
        "firebreak.raw.orig_bytes": 900,
        "network.transport": "tcp",
        "event.duration": 1_250_000_000,
      },
    ],
    [
      "a login",
      `${start}\tanna\tWS-21\tEXAMPLE\t-\t-\t-\tF\n`,
      1,
      { "user.name": "anna", "user.domain": "EXAMPLE", "event.outcome": "failure" },
    ],
    [
      "a file that the client sent",
      "1709630048.5\tFAbcdEfgh1234567cc\t10.0.0.21\t198.51.100.7\tCPa1xk2bE9dQ7mGh7f\tHTTP\t0\t-\t-\tx.zip\t0.1\t-\tT\t5\t5\t0\t0\tF\t-\t-\t-\t-\t-\n",
      1,
      { "source.ip": "10.0.0.21", "client.ip": "10.0.0.21", "server.ip": "198.51.100.7", "file.size": 5 },
    ],
    ["a row that fits no stream", `${start}\t1\t2\t3\n`, 0, {}],
    ["a row with an impossible port", `${start.replace("443", "https")}\ttcp\n`, 0, {}],
  ]);
});
