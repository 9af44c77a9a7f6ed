import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format as route53 } from "../cloud/aws-route53-public.ts";
import { format as vpcFlow } from "../cloud/aws-vpc-flow.ts";
import { format as radius } from "../linux/radius-file.ts";
import { format as nps } from "../windows/nps.ts";
import { format as filterlog } from "./filterlog-bare.ts";
import { format as netfilter } from "./netfilter-bare.ts";

const parties = {
  "source.ip": "192.0.2.9",
  "source.port": 1234,
  "destination.ip": "10.1.1.2",
  "destination.port": 22,
};

describe("linux/netfilter without a header", () => {
  checkFormat(netfilter, [
    [
      "UFW",
      "[UFW BLOCK] IN=eth0 OUT= MAC= SRC=192.0.2.9 DST=10.1.1.2 LEN=40 PROTO=TCP SPT=1234 DPT=22\n",
      1,
      { ...parties, "event.action": "block", "@time": null },
    ],
    [
      "no prefix",
      "IN=eth0 OUT= MAC= SRC=192.0.2.9 DST=10.1.1.2 LEN=40 PROTO=TCP SPT=1234 DPT=22\n",
      1,
      parties,
    ],
  ]);
});

describe("pfSense's filterlog without a header", () => {
  checkFormat(filterlog, [
    [
      "a packet",
      "5,,,100,em0,match,block,in,4,0x0,,64,1,0,none,17,udp,60,192.0.2.9,10.1.1.2,1234,22,40\n",
      1,
      { ...parties, "event.action": "block" },
    ],
  ]);
});

describe("AWS VPC flow logs of later versions without a header", () => {
  checkFormat(vpcFlow, [
    [
      "version 3",
      "3 vpc-0a1 subnet-0b2 i-0c3 eni-0d4 123456789012 IPv4 192.0.2.9 10.1.1.2 1234 22 192.0.2.9 10.1.1.2 6 4249 20 1709632800 1709632860 REJECT 2 OK\n",
      1,
      { ...parties, "@time": "2024-03-05T10:01:00.000Z" },
    ],
    [
      "version 5",
      "5 192.0.2.9 10.1.1.2 1234 22 6 1709632800 1709632860 IPv4 14 15044 123456789012 vpc-0a1 subnet-0b2 i-0c3 eni-0d4 eu-west-1 euw1-az1 - - ACCEPT 19 192.0.2.9 10.1.1.2 - - - ingress OK\n",
      1,
      parties,
    ],
  ]);
});

describe("cloud/aws-route53-public", () => {
  checkFormat(route53, [
    [
      "a query",
      "1.0 2024-03-05T10:00:00Z Z123412341234 example.com A NOERROR UDP IAD12 192.0.2.53 192.0.2.0/24\n",
      1,
      { "dns.question.name": "example.com", "source.ip": "192.0.2.53", "network.transport": "udp" },
    ],
  ]);
});

describe("linux/radius as a file", () => {
  checkFormat(radius, [
    [
      "a refusal; the password is no part of the name",
      "Tue Mar  5 10:00:01 2024 : Auth: (6) Login incorrect (mschap: FAILED): [eve/secret] (from client nas port 0 cli 192.0.2.9)\n",
      1,
      {
        "user.name": "eve",
        "source.ip": "192.0.2.9",
        "event.outcome": "failure",
        "@time": "2024-03-05T10:00:01.000Z",
      },
    ],
  ]);
});

describe("windows/nps", () => {
  checkFormat(nps, [
    [
      "a refusal",
      '<Event><Timestamp data_type="4">03/05/2024 10:00:00.123</Timestamp><User-Name data_type="1">EXAMPLE\\anna</User-Name><Client-IP-Address data_type="3">10.1.1.5</Client-IP-Address><Calling-Station-Id data_type="1">192.0.2.9</Calling-Station-Id><Packet-Type data_type="0">3</Packet-Type><Reason-Code data_type="0">16</Reason-Code></Event>\n',
      1,
      {
        "user.name": "anna",
        "user.domain": "EXAMPLE",
        "source.ip": "192.0.2.9",
        "event.outcome": "failure",
        "@time": "2024-03-05T10:00:00.123Z",
      },
    ],
  ]);
});
