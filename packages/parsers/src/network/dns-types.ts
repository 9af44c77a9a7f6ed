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
