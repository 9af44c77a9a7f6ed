/** Numbers of DNS record types (iana.org, "Resource Record (RR) TYPEs") that logs write instead of the name. */
const names: Record<string, string> = {
  1: "A",
  2: "NS",
  5: "CNAME",
  6: "SOA",
  12: "PTR",
  13: "HINFO",
  15: "MX",
  16: "TXT",
  28: "AAAA",
  33: "SRV",
  35: "NAPTR",
  43: "DS",
  46: "RRSIG",
  48: "DNSKEY",
  52: "TLSA",
  64: "SVCB",
  65: "HTTPS",
  99: "SPF",
  252: "AXFR",
  255: "ANY",
  257: "CAA",
};

/** The name of a record type by its number: "28" → "AAAA"; undefined for a number that is not listed. */
export function dnsRecordType(number: string): string | undefined {
  return Object.hasOwn(names, number) ? names[number] : undefined;
}

/** IANA's "DNS RCODEs": RFC 1035 §4.1.1, RFC 2136 §2.2, RFC 6891 §9. */
const responseCodes: Record<string, string> = {
  0: "NOERROR",
  1: "FORMERR",
  2: "SERVFAIL",
  3: "NXDOMAIN",
  4: "NOTIMP",
  5: "REFUSED",
  6: "YXDOMAIN",
  7: "YXRRSET",
  8: "NXRRSET",
  9: "NOTAUTH",
  10: "NOTZONE",
  16: "BADVERS",
};

/** The name of a response code by its number: "3" → "NXDOMAIN"; undefined for a number that is not listed. */
export function dnsResponseCode(number: string): string | undefined {
  return Object.hasOwn(responseCodes, number) ? responseCodes[number] : undefined;
}
