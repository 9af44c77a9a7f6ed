/** Codes that Windows events print instead of words. Keys are lower case. */

const map = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(rows));

/** Logon types, [MS-LSAD] / "4624: An account was successfully logged on". */
export const logonTypes = map({
  "0": "System",
  "2": "Interactive",
  "3": "Network",
  "4": "Batch",
  "5": "Service",
  "7": "Unlock",
  "8": "NetworkCleartext",
  "9": "NewCredentials",
  "10": "RemoteInteractive",
  "11": "CachedInteractive",
  "12": "CachedRemoteInteractive",
  "13": "CachedUnlock",
});

/** NTSTATUS values in 4625 and 4776, [MS-ERREF] 2.3.1. */
export const logonStatus = map({
  "0x0": "success",
  "0xc0000064": "user name does not exist",
  "0xc000006a": "wrong password",
  "0xc000006c": "password policy not met",
  "0xc000006d": "bad user name or authentication information",
  "0xc000006e": "account restriction",
  "0xc000006f": "logon outside authorised hours",
  "0xc0000070": "logon from unauthorised workstation",
  "0xc0000071": "password expired",
  "0xc0000072": "account disabled",
  "0xc00000dc": "SAM server in the wrong state",
  "0xc0000133": "clocks too far out of sync",
  "0xc000015b": "logon type not granted",
  "0xc000018c": "trust relationship failed",
  "0xc0000192": "Netlogon service not started",
  "0xc0000193": "account expired",
  "0xc0000224": "password must be changed at next logon",
  "0xc0000225": "not found",
  "0xc0000234": "account locked out",
  "0xc00002ee": "unexpected error in logon",
  "0xc0000388": "downgrade attempt detected",
  "0xc0000413": "authentication firewall refused the machine",
});

/** Kerberos result codes in 4768, 4769 and 4771, RFC 4120 section 7.5.9. */
export const kerberosStatus = map({
  "0x0": "success",
  "0x6": "client not found in database",
  "0x7": "server not found in database",
  "0x8": "multiple principal entries",
  "0x9": "no master key",
  "0xc": "policy rejects request",
  "0xd": "option cannot be accommodated",
  "0xe": "encryption type not supported",
  "0x10": "pre-authentication type not supported",
  "0x12": "client credentials revoked",
  "0x17": "password expired",
  "0x18": "pre-authentication failed",
  "0x19": "additional pre-authentication required",
  "0x1b": "service is user to user only",
  "0x1f": "integrity check failed",
  "0x20": "ticket expired",
  "0x21": "ticket not yet valid",
  "0x22": "request is a replay",
  "0x25": "clock skew too great",
  "0x29": "message stream modified",
  "0x3c": "generic error",
});

/** Kerberos encryption types in 4768 and 4769. */
export const ticketEncryption = map({
  "0x1": "DES-CBC-CRC",
  "0x3": "DES-CBC-MD5",
  "0x11": "AES128-CTS-HMAC-SHA1-96",
  "0x12": "AES256-CTS-HMAC-SHA1-96",
  "0x17": "RC4-HMAC",
  "0x18": "RC4-HMAC-EXP",
});

/** Audit message parameters (%%n of msobjs.dll) and the words that rendered messages have in their place. */
export const networkDirection = map({
  "%%14592": "inbound",
  "%%14593": "outbound",
  "%%14594": "inbound",
  "%%14595": "outbound",
  "%%14596": "unknown",
  inbound: "inbound",
  outbound: "outbound",
  eingehend: "inbound",
  ausgehend: "outbound",
  entrant: "inbound",
  sortant: "outbound",
  entrante: "inbound",
  saliente: "outbound",
});

/** IANA protocol numbers as `network.transport`. */
export const transports = map({
  "1": "icmp",
  "2": "igmp",
  "6": "tcp",
  "17": "udp",
  "47": "gre",
  "50": "esp",
  "58": "ipv6-icmp",
  tcp: "tcp",
  udp: "udp",
  icmp: "icmp",
});

/** `log.level` of the System section's Level; 0 (always logged) is information in every viewer. */
export const levels = map({
  "0": "information",
  "1": "critical",
  "2": "error",
  "3": "warning",
  "4": "information",
  "5": "verbose",
});
