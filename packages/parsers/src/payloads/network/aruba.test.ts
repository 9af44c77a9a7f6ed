import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./aruba.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "a user signed in",
      "<522008> <NOTI> <md1 192.0.2.30>  User Authentication Successful: username=anna MAC=02:00:00:00:00:05 IP=192.0.2.10 role=staff VLAN=10 AP=ap1 SSID=corp AAA profile=p auth method=802.1x auth server=ise",
      {
        "event.code": "522008",
        "event.outcome": "success",
        "user.name": "anna",
        "source.mac": "02-00-00-00-00-05",
        "source.ip": "192.0.2.10",
        "observer.name": "md1",
        "event.action": "user-authentication-successful",
      },
    ],
    [
      "a station",
      "<501100> <NOTI> <md1 192.0.2.30>  Assoc success @ 10:22:33.123456: 02:00:00:00:00:05: AP 192.0.2.40-02:00:00:00:00:40-ap1",
      { "source.mac": "02-00-00-00-00-05", "event.action": "assoc-success", "event.outcome": "success" },
    ],
    [
      "an access point speaks",
      "<404003> <WARN> |AP ap1@192.0.2.40 sapd| AM: Interfering AP detected with SSID x",
      { "log.level": "warning", "event.category": ["host"] },
    ],
    [
      "a switch",
      "Event|4608|LOG_INFO|AMM|-|User admin logged in from 192.0.2.7 through REST",
      { "user.name": "admin", "source.ip": "192.0.2.7", "event.outcome": "success" },
    ],
    ["other", "<522008> hello", undefined],
  ]),
);
