import type { LogSourceMapping, SourceAlternative } from "./types.ts";

/** Channels of each Windows service (Sigma taxonomy appendix 2.1.0; SigmaHQ's runnable configuration for the rest). */
const channelsOfService: Readonly<Record<string, readonly string[]>> = {
  application: ["Application"],
  "application-experience": [
    "Microsoft-Windows-Application-Experience/Program-Telemetry",
    "Microsoft-Windows-Application-Experience/Program-Compatibility-Assistant",
  ],
  applocker: [
    "Microsoft-Windows-AppLocker/MSI and Script",
    "Microsoft-Windows-AppLocker/EXE and DLL",
    "Microsoft-Windows-AppLocker/Packaged app-Deployment",
    "Microsoft-Windows-AppLocker/Packaged app-Execution",
  ],
  "appmodel-runtime": ["Microsoft-Windows-AppModel-Runtime/Admin"],
  "appxdeployment-server": ["Microsoft-Windows-AppXDeploymentServer/Operational"],
  "appxpackaging-om": ["Microsoft-Windows-AppxPackaging/Operational"],
  bitlocker: ["Microsoft-Windows-BitLocker/BitLocker Management"],
  "bits-client": ["Microsoft-Windows-Bits-Client/Operational"],
  capi2: ["Microsoft-Windows-CAPI2/Operational"],
  "certificateservicesclient-lifecycle-system": [
    "Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational",
  ],
  "codeintegrity-operational": ["Microsoft-Windows-CodeIntegrity/Operational"],
  dhcp: ["Microsoft-Windows-DHCP-Server/Operational"],
  "diagnosis-scripted": ["Microsoft-Windows-Diagnosis-Scripted/Operational"],
  "dns-client": [
    "Microsoft-Windows-DNS Client Events/Operational",
    "Microsoft-Windows-DNS-Client/Operational",
  ],
  "dns-server": ["DNS Server"],
  "dns-server-analytic": ["Microsoft-Windows-DNS-Server/Analytical"],
  "dns-server-audit": ["Microsoft-Windows-DNS-Server/Audit"],
  "driver-framework": ["Microsoft-Windows-DriverFrameworks-UserMode/Operational"],
  "firewall-as": ["Microsoft-Windows-Windows Firewall With Advanced Security/Firewall"],
  "hyper-v-worker": ["Microsoft-Windows-Hyper-V-Worker", "Microsoft-Windows-Hyper-V-Worker-Admin"],
  "iis-configuration": ["Microsoft-IIS-Configuration/Operational"],
  "kernel-event-tracing": [
    "Microsoft-Windows-Kernel-EventTracing",
    "Microsoft-Windows-Kernel-EventTracing/Admin",
  ],
  "kernel-shimengine": [
    "Microsoft-Windows-Kernel-ShimEngine/Operational",
    "Microsoft-Windows-Kernel-ShimEngine/Diagnostic",
  ],
  ldap: ["Microsoft-Windows-LDAP-Client/Debug"],
  "lsa-server": ["Microsoft-Windows-LSA/Operational"],
  "microsoft-servicebus-client": [
    "Microsoft-ServiceBus-Client/Admin",
    "Microsoft-ServiceBus-Client/Operational",
  ],
  "msexchange-management": ["MSExchange Management"],
  ntfs: ["Microsoft-Windows-Ntfs/Operational"],
  ntlm: ["Microsoft-Windows-NTLM/Operational"],
  openssh: ["OpenSSH/Operational"],
  powershell: ["Microsoft-Windows-PowerShell/Operational", "PowerShellCore/Operational"],
  "powershell-classic": ["Windows PowerShell"],
  "printservice-admin": ["Microsoft-Windows-PrintService/Admin"],
  "printservice-operational": ["Microsoft-Windows-PrintService/Operational"],
  security: ["Security"],
  "security-mitigations": [
    "Microsoft-Windows-Security-Mitigations/Kernel Mode",
    "Microsoft-Windows-Security-Mitigations/User Mode",
    "Microsoft-Windows-Security-Mitigations/KernelMode",
    "Microsoft-Windows-Security-Mitigations/UserMode",
  ],
  sense: ["Microsoft-Windows-SENSE/Operational"],
  "servicebus-client": ["Microsoft-ServiceBus-Client/Admin", "Microsoft-ServiceBus-Client/Operational"],
  "shell-core": ["Microsoft-Windows-Shell-Core/Operational"],
  "smbclient-connectivity": ["Microsoft-Windows-SmbClient/Connectivity"],
  "smbclient-security": ["Microsoft-Windows-SmbClient/Security"],
  "smbserver-connectivity": ["Microsoft-Windows-SMBServer/Connectivity"],
  sysmon: ["Microsoft-Windows-Sysmon/Operational"],
  system: ["System"],
  taskscheduler: ["Microsoft-Windows-TaskScheduler/Operational"],
  "terminalservices-localsessionmanager": [
    "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational",
  ],
  vhdmp: ["Microsoft-Windows-VHDMP/Operational", "Microsoft-Windows-VHDMP-Operational"],
  windefend: ["Microsoft-Windows-Windows Defender/Operational"],
  wmi: ["Microsoft-Windows-WMI-Activity/Operational"],
};

const sysmonChannels = channelsOfService.sysmon!;

/** Categories that are one or several Sysmon events. */
const sysmonIdsOfCategory: Readonly<Record<string, readonly number[]>> = {
  file_change: [2],
  network_connection: [3],
  sysmon_status: [4, 16],
  process_termination: [5],
  driver_load: [6],
  image_load: [7],
  create_remote_thread: [8],
  raw_access_thread: [9],
  process_access: [10],
  file_event: [11],
  registry_event: [12, 13, 14],
  registry_set: [13],
  registry_rename: [14],
  create_stream_hash: [15],
  pipe_created: [17, 18],
  wmi_event: [19, 20, 21],
  dns_query: [22],
  file_delete: [23],
  clipboard_capture: [24],
  clipboard_change: [24],
  process_tampering: [25],
  file_delete_detected: [26],
  file_block_executable: [27],
  file_block_shredding: [28],
  file_executable_detected: [29],
  sysmon_error: [255],
};

const powershellIdsOfCategory: Readonly<Record<string, readonly [service: string, id: number]>> = {
  ps_module: ["powershell", 4103],
  ps_script: ["powershell", 4104],
  ps_classic_start: ["powershell-classic", 400],
  ps_classic_provider_start: ["powershell-classic", 600],
  ps_classic_script: ["powershell-classic", 800],
};

/** Security 4688 names the same things otherwise than Sysmon 1. */
const processCreation: readonly SourceAlternative[] = [
  { channels: sysmonChannels, eventIds: [1] },
  {
    channels: ["Security"],
    eventIds: [4688],
    fields: {
      Image: ["winlog.event_data.NewProcessName"],
      ParentImage: ["winlog.event_data.ParentProcessName"],
    },
  },
];

/** Sysmon 12 is both; its EventType tells them apart. */
const registryObject = (...eventTypes: string[]): SourceAlternative => ({
  channels: sysmonChannels,
  eventIds: [12],
  where: { EventType: eventTypes },
});

/** Defender events that name a threat or its path. */
const defenderDetection: SourceAlternative = {
  channels: channelsOfService.windefend!,
  eventIds: [1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116],
  fields: {
    Signature: ["winlog.event_data.ThreatName"],
    Filename: ["winlog.event_data.Path"],
    Action: ["winlog.event_data.ActionName"],
  },
};

/** A category that is Windows events is so also for a rule that names no product. */
function ofCategory(category: string, alternatives: readonly SourceAlternative[]): LogSourceMapping[] {
  const plain: SourceAlternative = { categories: [category] };
  return [
    { when: { product: "windows", category }, alternatives },
    { when: { category }, alternatives: [...alternatives, plain] },
  ];
}

export const windowsSources: readonly LogSourceMapping[] = [
  ...Object.entries(channelsOfService).map(([service, channels]) => ({
    when: { product: "windows", service },
    alternatives: [{ channels }],
  })),
  { when: { service: "sysmon" }, alternatives: [{ channels: sysmonChannels }] },
  ...Object.entries(sysmonIdsOfCategory).flatMap(([category, eventIds]) =>
    ofCategory(category, [{ channels: sysmonChannels, eventIds }]),
  ),
  ...Object.entries(powershellIdsOfCategory).flatMap(([category, [service, id]]) =>
    ofCategory(category, [{ channels: channelsOfService[service]!, eventIds: [id] }]),
  ),
  ...ofCategory("process_creation", processCreation),
  ...ofCategory("registry_add", [registryObject("CreateKey")]),
  ...ofCategory("registry_delete", [registryObject("DeleteKey", "DeleteValue")]),
  ...ofCategory("antivirus", [defenderDetection]),
  { when: { product: "rpc_firewall", category: "application" }, alternatives: [{ channels: ["RPCFW"] }] },
];

/** Providers that write to one channel, for exports that leave the channel out. */
export const channelOfProvider: Readonly<Record<string, string>> = {
  "microsoft-windows-sysmon": "Microsoft-Windows-Sysmon/Operational",
  "microsoft-windows-security-auditing": "Security",
  "service control manager": "System",
  powershell: "Windows PowerShell",
  "microsoft-windows-powershell": "Microsoft-Windows-PowerShell/Operational",
  powershellcore: "PowerShellCore/Operational",
  "microsoft-windows-windows defender": "Microsoft-Windows-Windows Defender/Operational",
  "microsoft-windows-taskscheduler": "Microsoft-Windows-TaskScheduler/Operational",
  "microsoft-windows-wmi-activity": "Microsoft-Windows-WMI-Activity/Operational",
  "microsoft-windows-bits-client": "Microsoft-Windows-Bits-Client/Operational",
  "microsoft-windows-windows firewall with advanced security":
    "Microsoft-Windows-Windows Firewall With Advanced Security/Firewall",
};
