import type { Fields } from "@firebreak/model/event";
import { cleanIp } from "../../ecs/ip.ts";
import { unescapeXml } from "../../xml/scan.ts";
import { type EventReading, type ProviderReadings, reading, table } from "./reading.ts";
import { present, setAccount } from "./steps.ts";

const positions = ["InstanceId", "AuditXml"];
const maxAuditChars = 16 << 10;

/** What an audit of Windows Server 2016 and later holds as XML in its second string ("AD FS auditing events"). */
function readAudit(fields: Fields): void {
  const text = present(fields["winlog.event_data.AuditXml"])?.slice(0, maxAuditChars);
  if (text === undefined) return;
  const of = (name: string) => {
    const value = new RegExp(`<${name}>([^<]{1,1000})</${name}>`).exec(text)?.[1];
    return value === undefined || value === "N/A" ? undefined : unescapeXml(value.trim());
  };
  const user = of("UserId");
  if (user !== undefined) setAccount(fields, "user", user);
  // The chain of proxies; the client is the first.
  const address = cleanIp((of("IpAddress") ?? "").split(",", 1)[0]!.trim());
  if (address !== undefined) fields["source.ip"] = address;
  const agent = of("UserAgentString");
  if (agent !== undefined) fields["user_agent.original"] = agent;
  const party = of("RelyingParty");
  if (party !== undefined) fields["service.name"] = party;
  const reason = of("ErrorCode") ?? of("FailureType");
  if (reason !== undefined && fields["event.outcome"] === "failure") fields["event.reason"] = reason;
}

function audit(
  title: string,
  action: string,
  category: string,
  type: string,
  outcome: "success" | "failure",
): EventReading {
  return reading(title, action, category, type, [readAudit], { outcome, positions });
}

export const adfsProviders: readonly ProviderReadings[] = [
  {
    provider: "AD FS Auditing",
    channels: ["Security"],
    events: table([
      [
        1200,
        audit(
          "The Federation Service issued a valid token",
          "token-issued",
          "authentication",
          "start",
          "success",
        ),
      ],
      [
        1201,
        audit(
          "The Federation Service failed to issue a token",
          "token-refused",
          "authentication",
          "start",
          "failure",
        ),
      ],
      [
        1202,
        audit(
          "The Federation Service validated a new credential",
          "logged-in",
          "authentication",
          "start",
          "success",
        ),
      ],
      [
        1203,
        audit(
          "The Federation Service failed to validate a new credential",
          "logon-failed",
          "authentication",
          "start",
          "failure",
        ),
      ],
      [1204, audit("A password was changed", "password-changed", "iam", "user change", "success")],
      [1205, audit("A password change failed", "password-change-failed", "iam", "user change", "failure")],
      [1206, audit("A sign-out was processed", "logged-out", "authentication", "end", "success")],
    ]),
  },
];
