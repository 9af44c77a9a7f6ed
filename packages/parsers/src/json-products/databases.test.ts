import { expect, test } from "vitest";
import { classifyPostgres } from "./databases.ts";

test.each([
  ["AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.orders,select 1,<none>", "select", "database", "access"],
  ["AUDIT: SESSION,2,1,ROLE,CREATE ROLE,,,create role eve,<none>", "create-role", "iam", "change"],
  ["AUDIT: OBJECT,3,1,WRITE,INSERT,TABLE,public.a,insert,<none>", "insert", "database", "change"],
])("%s", (message, action, category, type) => {
  const fields = {};
  classifyPostgres(message, fields);
  expect(fields).toMatchObject({
    "event.action": action,
    "event.category": [category],
    "event.type": [type],
  });
});
