import { product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** HarfangLab EDR: telemetry by `log_type` and alerts. UTC with Z. */
export const harfangLab = product({
  name: "endpoint/harfanglab",
  title: "HarfangLab EDR",
  recognises: (record) =>
    record.log_type !== undefined &&
    at(record, "agent", "agentid") !== undefined &&
    (record.tenant !== undefined || at(record, "agent", "hostname") !== undefined),
  time: ["alert_time", "@event_create_date", "@timestamp"],
  map: [
    ["text", "event.id", "alert_unique_id", "id", "event_id"],
    ["text", "event.action", "log_type"],
    ["text", "event.code", "eventlog.event_id", "alert_subtype"],
    ["host", "host.name", "agent.hostname"],
    ["text", "host.id", "agent.agentid"],
    ["address", "host", "agent.ipaddress"],
    ["lower", "host.os.type", "agent.ostype"],
    ["text", "host.os.full", "agent.osproducttype"],
    ["text", "host.domain", "agent.domainname"],
    ["program", "process", "process.image_name", "image_name", "process.process_name"],
    ["text", "process.name", "process.process_name", "process_name"],
    ["text", "process.command_line", "process.commandline", "commandline"],
    ["integer", "process.pid", "process.pid", "pid"],
    ["text", "process.entity_id", "process.process_unique_id", "process_unique_id"],
    ["text", "process.working_directory", "process.current_directory", "current_directory"],
    ["program", "process.parent", "process.parent_image", "parent_image"],
    ["text", "process.parent.command_line", "process.parent_commandline", "parent_commandline"],
    ["integer", "process.parent.pid", "process.ppid", "ppid"],
    ["hash", "process.hash", "process.hashes.md5", "hashes.md5"],
    ["hash", "process.hash", "process.hashes.sha1", "hashes.sha1"],
    ["hash", "process.hash", "process.hashes.sha256", "hashes.sha256"],
    ["user", "user", "process.username", "username", "user.name"],
    ["text", "user.id", "process.usersid", "usersid"],
    ["text", "rule.name", "rule_name"],
    ["text", "rule.id", "rule_id"],
    ["text", "message", "msg", "eventlog.message"],
    ["lower", "log.level", "level"],
    ["address", "source", "saddr", "event_session.source_address"],
    ["integer", "source.port", "sport"],
    ["address", "destination", "daddr"],
    ["integer", "destination.port", "dport"],
    ["text", "dns.question.name", "requested_name"],
    ["file", "file", "target_filename", "path"],
  ],
  finish(record, { fields }) {
    const type = textOf(record.log_type) ?? "";
    if (type === "alert") {
      fields["event.kind"] = "alert";
      classify(fields, "malware", "info");
    } else if (type === "process") classify(fields, "process", "start");
    else if (type === "network") classify(fields, "network", "connection");
    else if (type.startsWith("dns")) classify(fields, "network", "protocol");
    else if (/logon|authentication/.test(type)) classify(fields, "authentication", "start");
    else if (/file|binary/.test(type)) classify(fields, "file", "info");
    else classify(fields, "host", "info");
  },
});

/** WithSecure Elements (F-Secure) security events. UTC with Z. */
export const withSecure = product({
  name: "endpoint/withsecure",
  title: "WithSecure Elements security event",
  recognises: (record) =>
    record.engine !== undefined &&
    (record.serverTimestamp ?? record.persistenceTimestamp) !== undefined &&
    (record.device ?? record.target ?? record.organization) !== undefined,
  time: ["clientTimestamp", "serverTimestamp", "persistenceTimestamp"],
  fixed: { "event.kind": "alert", "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "id"],
    ["text", "event.action", "action"],
    ["text", "event.provider", "engine"],
    ["lower", "log.level", "severity"],
    ["text", "message", "message", "description"],
    ["host", "host.name", "device.name", "target.name"],
    ["text", "host.id", "device.id", "target.id"],
    ["text", "organization.name", "organization.name"],
    ["text", "organization.id", "organization.id"],
    ["user", "user", "userName", "details.userName", "details.clientUserName"],
    ["text", "rule.name", "details.infectionName", "details.alertType", "details.profileName"],
    ["file", "file", "details.filePath", "details.path", "details.targetPath"],
    ["hash", "file.hash", "details.fileSha1", "details.sha1", "details.hash"],
    ["program", "process", "details.process", "details.processPath"],
    ["url", "url", "details.url"],
    ["address", "source", "details.hostIpAddress", "details.remoteAddress"],
  ],
});

/** Cybereason MalOps and logon sessions (API). Epoch milliseconds. */
export const cybereason = product({
  name: "endpoint/cybereason",
  title: "Cybereason MalOp",
  recognises: (record) =>
    ((record.malopDetectionType ?? record.malopStatus ?? record.malopId) !== undefined &&
      record.guid !== undefined) ||
    (record.detectionEngines !== undefined && record.malopType !== undefined),
  time: ["creationTime", "lastUpdateTime", "timestamp"],
  fixed: { "event.kind": "alert", "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "guid", "malopId"],
    ["text", "event.action", "malopDetectionType", "malopType"],
    ["text", "message", "displayName", "primaryRootCauseName"],
    ["text", "rule.name", "displayName", "detectionTypes"],
    ["lower", "log.level", "severity"],
    ["host", "host.name", "machines.displayName"],
    ["text", "host.id", "machines.guid"],
    ["lower", "host.os.type", "machines.osType"],
    ["user", "user", "users.displayName"],
    ["text", "user.id", "users.guid"],
    ["text", "file.name", "rootCauseElementNames", "primaryRootCauseName"],
  ],
});

/** Symantec Endpoint Security (ICDm) events. UTC. */
export const symantecCloud = product({
  name: "endpoint/symantec-cloud",
  title: "Symantec Endpoint Security event (ICDm)",
  recognises: (record) =>
    record.type_id !== undefined &&
    record.product_uid !== undefined &&
    (record.device_time ?? record.log_time) !== undefined,
  time: ["time", "device_time", "log_time"],
  fixed: { "event.category": ["malware"], "event.type": ["info"] },
  map: [
    ["text", "event.id", "uuid", "uid"],
    ["text", "event.code", "type_id"],
    ["text", "event.action", "type", "event_data_type"],
    ["integer", "event.severity", "severity_id"],
    ["text", "message", "message"],
    ["host", "host.name", "device_name"],
    ["address", "host", "device_ip"],
    ["text", "host.id", "device_uid"],
    ["text", "host.domain", "device_domain"],
    ["text", "host.os.full", "device_os_name"],
    ["user", "user", "user_name", "actor.user.name", "user.name"],
    ["text", "user.domain", "actor.user.domain", "user.domain"],
    ["text", "rule.name", "threat.name", "policy.rule_name", "signature_name"],
    ["text", "rule.id", "threat.id", "policy.rule_uid"],
    ["file", "file", "file.path", "file.name"],
    ["hash", "file.hash", "file.sha2", "file.md5"],
    ["program", "process", "actor.file.path", "process.file.path", "actor.app_name"],
    ["integer", "process.pid", "actor.pid", "process.pid"],
    ["text", "process.command_line", "actor.cmd_line", "process.cmd_line"],
    ["address", "source", "connection.src_ip"],
    ["integer", "source.port", "connection.src_port"],
    ["address", "destination", "connection.dst_ip"],
    ["integer", "destination.port", "connection.dst_port"],
    ["url", "url", "connection.url.text"],
  ],
});

/** Tanium Connect: action history, client status, discover, threat response, endpoint configuration. UTC. */
export const taniumConnect = product({
  name: "tanium/connect",
  title: "Tanium Connect record",
  recognises: (record) =>
    (record["Computer Name"] !== undefined && record["Match Details"] !== undefined) ||
    (record.ActionName !== undefined && record.SourceId !== undefined) ||
    (record["Computer Name"] !== undefined &&
      record["Event Name"] !== undefined &&
      record["Event Id"] !== undefined),
  time: ["Timestamp", "CreationTime", "StartTime", "LastRegistration"],
  fixed: { "event.category": ["host"], "event.type": ["info"] },
  map: [
    ["text", "event.action", "Event Name", "ActionName"],
    ["text", "event.id", "Event Id", "Id", "ActionId"],
    ["text", "message", "Comment", "Match Details"],
    ["host", "host.name", "Computer Name", "HostName"],
    ["address", "host", "Computer IP", "IpAddress"],
    ["user", "user", "User Name", "Approver", "Issuer"],
    ["text", "rule.name", "Intel Name"],
    ["text", "rule.id", "Intel Id"],
    ["lower", "log.level", "Alert Priority", "Severity"],
  ],
});

/** Thinkst Canary and OpenCanary incidents. UTC. */
export const openCanary = product({
  name: "honeypot/opencanary",
  title: "OpenCanary and Thinkst Canary",
  recognises: (record) =>
    (record.logtype !== undefined && record.node_id !== undefined && record.src_host !== undefined) ||
    (record.FlockName !== undefined && record.CanaryName !== undefined) ||
    (record.flock_id !== undefined && record.incident_hash !== undefined),
  time: ["utc_time", "Timestamp", "created_std", "local_time_adjusted", "local_time"],
  fixed: { "event.kind": "alert", "event.category": ["intrusion_detection"], "event.type": ["info"] },
  map: [
    ["text", "event.code", "logtype", "AlertType", "logtype_name"],
    ["text", "event.action", "Description", "description", "logdata.msg.logdata"],
    ["text", "event.id", "IncidentHash", "incident_hash"],
    ["text", "observer.name", "node_id", "CanaryName", "name"],
    ["address", "source", "src_host", "SourceIP", "src_host"],
    ["integer", "source.port", "src_port"],
    ["address", "destination", "dst_host", "CanaryIP", "dst_host", "ip_address"],
    ["integer", "destination.port", "dst_port", "CanaryPort"],
    ["text", "user.name", "logdata.USERNAME", "logdata.username", "logdata.DOMAINUSER"],
    ["text", "http.request.method", "logdata.METHOD"],
    ["url", "url", "logdata.PATH"],
    ["text", "url.domain", "logdata.HOSTNAME"],
    ["text", "user_agent.original", "logdata.USERAGENT"],
  ],
  finish(_record, { fields }) {
    for (const side of ["source", "destination"])
      if (Number(fields[`${side}.port`]) < 0) delete fields[`${side}.port`];
  },
});
