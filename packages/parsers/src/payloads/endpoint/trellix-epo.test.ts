import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./trellix-epo.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "threat",
      '<?xml version="1.0" encoding="UTF-8"?><EPOevent><MachineInfo><MachineName>WS7</MachineName><AgentGUID>{a-1}</AgentGUID><IPAddress>10.0.0.5</IPAddress><OSName>Windows 10</OSName><UserName>ann</UserName><RawMACAddress>005056aabbcc</RawMACAddress></MachineInfo><SoftwareInfo ProductName="Endpoint Security" ProductVersion="10.7.0"><Event><EventID>1027</EventID><Severity>3</Severity><GMTTime>2024-03-05T10:11:00</GMTTime><CommonFields><ThreatCategory>av.detect</ThreatCategory><ThreatName>EICAR test file</ThreatName><ThreatActionTaken>IDS_ALERT_ACT_TAK_DEL</ThreatActionTaken><ThreatHandled>True</ThreatHandled><SourceProcessName>C:\\Windows\\explorer.exe</SourceProcessName><TargetUserName>CORP\\ann</TargetUserName><TargetFileName>C:\\Users\\ann\\a.com</TargetFileName></CommonFields></Event></SoftwareInfo></EPOevent>',
      {
        "event.kind": "alert",
        "event.code": "1027",
        "event.outcome": "success",
        "host.name": "WS7",
        "host.ip": ["10.0.0.5"],
        "user.name": "ann",
        "user.domain": "CORP",
        "file.path": "C:\\Users\\ann\\a.com",
        "process.name": "explorer.exe",
        "rule.name": "EICAR test file",
        "observer.version": "10.7.0",
      },
    ],
    [
      "attack over the network",
      "<EPOEvent><MachineInfo><MachineName>WS7</MachineName></MachineInfo><SoftwareInfo><Event><EventID>18000</EventID><CommonFields><ThreatCategory>hip</ThreatCategory><ThreatName>Probe</ThreatName><ThreatActionTaken>IDS_ALERT_ACT_TAK_BLOCK</ThreatActionTaken><SourceIPV4>198.51.100.7</SourceIPV4><TargetIPV6>0:0:0:0:0:FFFF:C000:205</TargetIPV6><TargetPort>445</TargetPort><TargetProtocol>TCP</TargetProtocol></CommonFields></Event></SoftwareInfo></EPOEvent>",
      {
        "event.category": ["intrusion_detection"],
        "event.type": ["denied"],
        "source.ip": "198.51.100.7",
        "destination.ip": "192.0.2.5",
        "destination.port": 445,
        "network.transport": "tcp",
      },
    ],
    [
      "own work",
      '<UpdateEvents><MachineInfo><MachineName>WS7</MachineName></MachineInfo><McAfeeCommonUpdater ProductName="Agent"><UpdateEvent><EventID>2401</EventID><Severity>4</Severity><GMTTime>2024-03-05T10:11:00</GMTTime></UpdateEvent></McAfeeCommonUpdater></UpdateEvents>',
      { "event.kind": "event", "event.code": "2401", "host.name": "WS7" },
    ],
    ["other XML", "<a><b>c</b></a>", undefined],
  ]),
);
