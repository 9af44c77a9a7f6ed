import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./barracuda-web.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "blocked",
      "1709637134 1 10.0.0.6 198.51.100.9(203.0.113.2) text/html 10.0.0.6 http://bad.example.com/x.exe 2704 BYF BLOCKED VIRUS Stream=>Test FOUND 2 1 0 1 3 - 1 adult 0 - 0 bad.example.com adult [ldap0:anna]",
      {
        "source.ip": "10.0.0.6",
        "destination.ip": "198.51.100.9",
        "url.domain": "bad.example.com",
        "event.outcome": "failure",
        "rule.name": "Test",
        "rule.category": "adult",
        "user.name": "anna",
      },
    ],
    ["other", "1709637134 1 BYF ", undefined],
  ]),
);
