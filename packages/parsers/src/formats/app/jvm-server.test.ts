import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./jvm-server.ts";

describe("app/jvm-server", () => {
  checkFormat(format, [
    [
      "Kafka",
      "[2024-03-05 10:14:02,123] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)",
      1,
      { "log.logger": "kafka.server.KafkaServer", "@time": "2024-03-05T10:14:02.123Z" },
    ],
    [
      "ZooKeeper",
      "2024-03-05 10:14:05,123 [myid:1] - INFO  [NIOWorkerThread-4:ZooKeeperServer@1032] - Client attempting to establish new session at /203.0.113.9:57244",
      1,
      { "source.ip": "203.0.113.9", "source.port": 57244 },
    ],
    [
      "Cassandra",
      "INFO  [main] 2024-03-05 10:14:06,123 StorageService.java:617 - Cassandra version: 3.11.4",
      1,
      { "log.origin.file.name": "StorageService.java", "process.thread.name": "main" },
    ],
    ["empty", "", 0, {}],
  ]);
});
