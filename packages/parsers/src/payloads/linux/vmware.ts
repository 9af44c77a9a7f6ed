import { readShell, readVmware } from "../../network/vmware.ts";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "vmware/esxi";

export const payload = {
  name: dataset,
  title: "VMware ESXi and vCenter in syslog",
  programs: [
    "hostd",
    "vpxa",
    "vpxd",
    "vobd",
    "vpxd-svcs",
    "rhttpproxy",
    "dcui",
    "shell",
    "esxshell",
    "vmkernel",
    "vmkwarning",
    "fdm",
    "hostd-probe",
  ],
  parse: (message): PayloadDraft => ({
    dataset,
    fields:
      readShell(message) ??
      readVmware(message.replace(/^(?:info|warning|error|verbose|trivia|debug|panic) \S+?\[\w+\] /, "")),
  }),
} satisfies SyslogPayload;
