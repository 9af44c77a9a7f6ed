import { logonTypes, transports } from "../codes.ts";
import { account, copy, domainAccount, executable, integer, ip, look, port, type Step } from "./steps.ts";

/**
 * For events without a reading of their own: fields whose names mean the same in every provider that writes them.
 * No action, category or outcome is asserted from them.
 */
export const genericSteps: readonly Step[] = [
  domainAccount("user", "User", "UserName", "AccountName"),
  account("user", "SubjectUserName", "SubjectDomainName", "SubjectUserSid"),
  account("user.target", "TargetUserName", "TargetDomainName", "TargetUserSid"),
  ip("source.ip", "IpAddress"),
  ip("source.ip", "ClientAddress"),
  ip("source.ip", "SourceAddress"),
  ip("source.ip", "SourceIp"),
  port("source.port", "IpPort"),
  port("source.port", "SourcePort"),
  ip("destination.ip", "DestAddress"),
  ip("destination.ip", "DestinationIp"),
  port("destination.port", "DestPort"),
  port("destination.port", "DestinationPort"),
  look("network.transport", "Protocol", transports),
  look("winlog.logon.type", "LogonType", logonTypes),
  executable("process", "ProcessName", "Image", "Application", "NewProcessName"),
  integer("process.pid", "ProcessId", "ProcessID"),
  copy("process.command_line", "CommandLine"),
  copy("service.name", "ServiceName"),
];
