import type { LogSourceMapping, SourceAlternative } from "./types.ts";

const linuxSysmon = (eventId: number): SourceAlternative => ({
  channels: ["Linux-Sysmon/Operational"],
  eventIds: [eventId],
});

function mapping(
  product: string | undefined,
  category: string | undefined,
  service: string | undefined,
  ...alternatives: SourceAlternative[]
): LogSourceMapping {
  return {
    when: {
      ...(product === undefined ? {} : { product }),
      ...(category === undefined ? {} : { category }),
      ...(service === undefined ? {} : { service }),
    },
    alternatives,
  };
}

/** Technologies that name themselves; the category "application" adds nothing. */
const applications = [
  "django",
  "jvm",
  "kubernetes",
  "nodejs",
  "opencanary",
  "python",
  "ruby_on_rails",
  "spring",
  "sql",
  "velocity",
];

/** Programs whose messages are in the authentication log of a Linux host. */
const authServices = [
  "auth",
  "authpriv",
  "sshd",
  "sudo",
  "su",
  "pam",
  "login",
  "systemd-logind",
  "polkit",
  "passwd",
];

/** What log sources other than Windows mean in facets (`EventSource`) where the rule's own words do not say it. */
export const otherSources: readonly LogSourceMapping[] = [
  mapping("linux", "process_creation", undefined, linuxSysmon(1)),
  mapping("linux", "network_connection", undefined, linuxSysmon(3)),
  mapping("linux", "file_event", undefined, linuxSysmon(11)),
  mapping("linux", "file_delete", undefined, linuxSysmon(23)),
  mapping("linux", undefined, "auth", { products: ["linux"], services: authServices }),
  mapping("linux", undefined, "syslog", { products: ["linux"], categories: ["syslog"] }),
  ...applications.map((product) => mapping(product, "application", undefined, { products: [product] })),
  ...["audit", "exchange", "threat_management", "threat_detection"].map((service) =>
    mapping("m365", undefined, service, { products: ["m365"], services: [service, "audit"] }),
  ),
  mapping("okta", undefined, "okta", { products: ["okta"] }),
  mapping("gcp", undefined, "gcp.audit", { products: ["gcp"], services: ["gcp.audit", "audit"] }),
  ...["admin", "login"].map((service) =>
    mapping("gcp", undefined, `google_workspace.${service}`, {
      products: ["gcp", "google_workspace"],
      services: [`google_workspace.${service}`, service],
    }),
  ),
  mapping("azure", undefined, "pim", { products: ["azure"], services: ["pim", "riskdetection"] }),
  mapping("cisco", undefined, "duo", { products: ["cisco", "duo"], services: ["duo"] }),
  ...["aaa", "bgp", "ldp", "syslog"].map((service) =>
    mapping("cisco", undefined, service, { products: ["cisco"] }),
  ),
  mapping("huawei", undefined, "bgp", { products: ["huawei"] }),
  mapping("juniper", undefined, "bgp", { products: ["juniper"] }),
  mapping("fortios", undefined, "sslvpnd", { products: ["fortios", "fortigate"] }),
  mapping("fortigate", undefined, "event", { products: ["fortigate"] }),
  mapping("paloalto", undefined, "globalprotect", { products: ["paloalto"] }),
  mapping("apache", undefined, "access", { products: ["apache"], categories: ["webserver"] }),
];
