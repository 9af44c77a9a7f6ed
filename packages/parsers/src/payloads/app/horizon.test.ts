import { expect, test } from "vitest";
import { payload } from "./horizon.ts";

test("a sign-in of a desktop user", () => {
  const draft = payload.parse(
    '58 [View@6876 Severity="AUDIT_FAIL" EventType="BROKER_USERAUTHFAILED_BAD_USER_PASSWORD" UserDisplayName="EXAMPLE\\\\bob" ClientIpAddress="192.0.2.71"] refused',
  );
  expect(draft?.fields).toMatchObject({
    "event.code": "BROKER_USERAUTHFAILED_BAD_USER_PASSWORD",
    "event.outcome": "failure",
    "event.category": ["authentication"],
    "user.name": "bob",
    "user.domain": "EXAMPLE",
    "source.ip": "192.0.2.71",
    message: "refused",
  });
});

test.each(["User ann has logged in", '58 [View@6876 Severity="INFO"] x'])("not an event: %s", (text) => {
  expect(payload.parse(text)).toBeUndefined();
});
