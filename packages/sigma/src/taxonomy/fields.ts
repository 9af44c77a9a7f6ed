import { cloudFields } from "./cloud-fields.ts";
import type { FieldMapping } from "./types.ts";

const eventData = (name: string, ...more: string[]) => [`winlog.event_data.${name}`, ...more];

/** Children of an event's System element, and the System attributes as `Tag_Attribute`. */
const windowsSystem: FieldMapping = {
  when: { product: "windows" },
  names: {
    EventID: ["winlog.event_id", "event.code"],
    Channel: ["winlog.channel"],
    EventLog: ["winlog.channel"],
    Computer: ["winlog.computer_name", "host.name"],
    ComputerName: ["winlog.computer_name", "host.name"],
    Provider_Name: ["winlog.provider_name", "event.provider"],
    Provider_Guid: ["winlog.provider_guid"],
    Level: ["winlog.level"],
    Version: ["winlog.version"],
    Task: ["winlog.task"],
    Opcode: ["winlog.opcode"],
    Keywords: ["winlog.keywords"],
    EventRecordID: ["winlog.record_id"],
    TimeCreated_SystemTime: ["@timestamp"],
    Correlation_ActivityID: ["winlog.activity_id"],
    Correlation_RelatedActivityID: ["winlog.related_activity_id"],
    Execution_ProcessID: ["winlog.process.pid"],
    Execution_ThreadID: ["winlog.process.thread.id"],
    Security_UserID: ["winlog.user.identifier"],
  },
};

/** Sysmon's names, which Sigma uses for every operating system, in ECS. The recorded value comes first. */
const endpoint: FieldMapping = {
  when: {},
  names: {
    Image: eventData("Image", "process.executable"),
    CommandLine: eventData("CommandLine", "process.command_line"),
    CurrentDirectory: eventData("CurrentDirectory", "process.working_directory"),
    ProcessId: eventData("ProcessId", "process.pid"),
    ParentImage: eventData("ParentImage", "process.parent.executable"),
    ParentCommandLine: eventData("ParentCommandLine", "process.parent.command_line"),
    ParentProcessId: eventData("ParentProcessId", "process.parent.pid"),
    OriginalFileName: eventData("OriginalFileName", "process.pe.original_file_name"),
    Company: eventData("Company", "process.pe.company"),
    Product: eventData("Product", "process.pe.product"),
    Description: eventData("Description", "process.pe.description"),
    FileVersion: eventData("FileVersion", "process.pe.file_version"),
    User: eventData("User", "user.name"),
    LogonId: eventData("LogonId", "winlog.logon.id"),
    md5: ["process.hash.md5", "file.hash.md5"],
    sha1: ["process.hash.sha1", "file.hash.sha1"],
    sha256: ["process.hash.sha256", "file.hash.sha256"],
    Imphash: eventData("Imphash", "process.pe.imphash", "file.pe.imphash"),
    imphash: ["process.pe.imphash", "file.pe.imphash"],
    TargetFilename: eventData("TargetFilename", "file.path"),
    TargetObject: eventData("TargetObject", "registry.path"),
    Details: eventData("Details", "registry.data.strings"),
    ImageLoaded: eventData("ImageLoaded", "dll.path", "file.path"),
    QueryName: eventData("QueryName", "dns.question.name"),
    SourceIp: eventData("SourceIp", "source.ip"),
    SourcePort: eventData("SourcePort", "source.port"),
    DestinationIp: eventData("DestinationIp", "destination.ip"),
    DestinationPort: eventData("DestinationPort", "destination.port"),
    DestinationHostname: eventData("DestinationHostname", "destination.domain"),
    ScriptBlockText: eventData("ScriptBlockText", "powershell.file.script_block_text"),
    Signature: ["rule.name", "threat.indicator.name"],
    Filename: ["file.path", "file.name"],
  },
};

/** W3C names of web servers and proxies. */
const web: FieldMapping = {
  when: {},
  names: {
    "c-ip": ["source.ip", "client.ip"],
    "c-uri": ["url.original", "url.full", "url.path"],
    "c-uri-extension": ["url.extension"],
    "c-uri-query": ["url.query", "url.original"],
    "c-uri-stem": ["url.path", "url.original"],
    "c-useragent": ["user_agent.original"],
    "cs-bytes": ["http.request.bytes", "http.request.body.bytes", "source.bytes"],
    "cs-content-type": ["http.request.mime_type"],
    "cs-cookie": ["http.request.cookie", "firebreak.raw.cs(Cookie)"],
    "cs-host": ["url.domain", "http.request.host", "destination.domain"],
    "cs-method": ["http.request.method"],
    "cs-referer": ["http.request.referrer"],
    "cs-referrer": ["http.request.referrer"],
    "cs-uri": ["url.original", "url.full", "url.path"],
    // SigmaHQ's web rules look here for paths as well as for queries: the request target holds both.
    "cs-uri-query": ["url.original", "url.query"],
    "cs-uri-stem": ["url.path", "url.original"],
    "cs-user-agent": ["user_agent.original"],
    "cs-username": ["user.name"],
    "cs-version": ["http.version"],
    "r-dns": ["url.domain", "destination.domain"],
    "s-computername": ["host.name", "firebreak.raw.s-computername"],
    "s-ip": ["destination.ip", "server.ip", "host.ip"],
    "s-port": ["destination.port", "server.port", "url.port"],
    "sc-bytes": ["http.response.bytes", "http.response.body.bytes", "destination.bytes"],
    "sc-status": ["http.response.status_code"],
  },
};

const network: FieldMapping = {
  when: {},
  names: {
    src_ip: ["source.ip", "client.ip"],
    src_port: ["source.port"],
    dst_ip: ["destination.ip", "server.ip"],
    dst_port: ["destination.port"],
    src_country: ["source.geo.country_iso_code", "source.geo.country_name"],
    username: ["user.name"],
    query: ["dns.question.name"],
    record_type: ["dns.question.type"],
    answer: ["dns.answers.data", "dns.resolved_ip"],
    action: ["firebreak.raw.action", "event.action"],
  },
};

const zeek: FieldMapping = {
  when: { product: "zeek" },
  names: {
    "certificate.serial": ["firebreak.raw.certificate.serial", "file.x509.serial_number"],
    "id.orig_h": ["source.ip"],
    "id.orig_p": ["source.port"],
    "id.resp_h": ["destination.ip"],
    "id.resp_p": ["destination.port"],
    answers: ["dns.answers.data", "dns.resolved_ip", "firebreak.raw.answers"],
    host: ["url.domain", "firebreak.raw.host"],
    method: ["http.request.method"],
    qtype_name: ["dns.question.type"],
    query: ["dns.question.name"],
    request_body_len: ["http.request.body.bytes", "http.request.bytes"],
    resp_mime_types: ["http.response.mime_type", "firebreak.raw.resp_mime_types"],
    status_code: ["http.response.status_code"],
    uri: ["url.original", "url.path"],
    user_agent: ["user_agent.original"],
    name: ["firebreak.raw.name", "file.name"],
    path: ["firebreak.raw.path", "file.path"],
  },
};

/** What the record says comes first: rules for auditd ask for its own words. */
const auditd: FieldMapping = {
  when: { product: "linux", service: "auditd" },
  names: {
    type: ["firebreak.raw.type", "auditd.log.record_type"],
    exe: ["firebreak.raw.exe", "process.executable"],
    comm: ["firebreak.raw.comm", "process.name"],
    name: ["firebreak.raw.name", "file.path"],
    key: ["firebreak.raw.key", "auditd.log.key"],
    SYSCALL: ["firebreak.raw.SYSCALL", "firebreak.raw.syscall"],
    euid: ["firebreak.raw.euid", "user.effective.id"],
    unit: ["firebreak.raw.unit", "service.name"],
  },
};

export const fieldMappings: readonly FieldMapping[] = [
  windowsSystem,
  endpoint,
  web,
  network,
  zeek,
  auditd,
  ...cloudFields,
];
