import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./teamviewer.ts";

describe("remote/teamviewer", () =>
  checkFormat(format, [
    [
      "line",
      "2024/03/03 10:22:33.349  2136       3688  0   Logger started.\n",
      1,
      { "@time": "2024-03-03T10:22:33.349Z", message: "Logger started.", "process.pid": 2136 },
    ],
    [
      "zone of the start block",
      "2024/03/03 10:22:33.561  2136       5868 S0   \nStart:              2024/03/03 10:22:33.548 (UTC-8:00)\nVersion: 15\n2024/03/03 10:22:34.000  2136       5868 S0   x\n",
      2,
      { "@time": "2024-03-03T18:22:33.561Z" },
    ],
    [
      "connection list",
      "123456789\tWS7\t03-03-2024 10:22:33\t03-03-2024 10:32:33\tbob\tRemoteControl\t{11111111-2222-3333-4444-555555555555}\n",
      1,
      {
        "@time": "2024-03-03T10:22:33.000Z",
        "user.name": "bob",
        "source.domain": "WS7",
        "firebreak.raw.remote_id": "123456789",
        "event.duration": 600e9,
      },
    ],
  ]));
