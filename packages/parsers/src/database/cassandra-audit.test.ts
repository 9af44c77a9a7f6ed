import { expect, test } from "vitest";
import { setCassandraAudit } from "./cassandra-audit.ts";

test("a refused login", () => {
  const fields = {
    message:
      "user:ann|host:node1/192.0.2.5:7000|source:/198.51.100.7|port:50124|timestamp:1626870396905|type:LOGIN_ERROR|category:AUTH|operation:LOGIN FAILURE; a|type:x",
  };
  expect(setCassandraAudit(fields)).toBe(true);
  expect(fields).toMatchObject({
    "event.action": "login",
    "event.outcome": "failure",
    "user.name": "ann",
    "source.ip": "198.51.100.7",
    "source.port": 50124,
    "destination.ip": "192.0.2.5",
    "destination.port": 7000,
    "firebreak.raw.operation": "LOGIN FAILURE; a|type:x",
  });
});

test("other messages stay as they are", () => {
  const fields = { message: "host:a|b" };
  expect(setCassandraAudit(fields)).toBe(false);
  expect(fields).toEqual({ message: "host:a|b" });
});
