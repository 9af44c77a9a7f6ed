import { describe, expect, it } from "vitest";
import { splitCommandLine } from "./command-line.ts";
import { completeDocument } from "./document.ts";

describe("splitCommandLine", () => {
  it.each([
    ["", []],
    ["id", ["id"]],
    ['cmd.exe /c "whoami /all"', ["cmd.exe", "/c", "whoami /all"]],
    ['"C:\\Program Files\\a.exe" -x', ["C:\\Program Files\\a.exe", "-x"]],
    ['a.exe \\"b', ["a.exe", '"b']],
    ["sh -c 'a b'", ["sh", "-c", "a b"]],
    ["a.exe it's", ["a.exe", "it's"]],
    ['open "never closed', ["open", "never closed"]],
    ['a ""', ["a", ""]],
  ])("%s", (line, words) => expect(splitCommandLine(line)).toEqual(words));

  it("leaves a text that is too long", () => expect(splitCommandLine("x".repeat(40_000))).toBeUndefined());
});

describe("completeDocument", () => {
  it.each([
    [
      "the short name of a directory's login",
      "azure/signin",
      { "user.name": "ann@example.org", "user.email": "ann@example.org" },
      { "user.name": "ann", "user.domain": "example.org", "user.email": "ann@example.org" },
    ],
    [
      "the login elsewhere whole",
      "okta/system",
      { "user.name": "ann@example.org", "user.email": "ann@example.org" },
      { "user.name": "ann@example.org", "user.email": "ann@example.org" },
    ],
    [
      "the name of a program and the whole URL",
      "endpoint/x",
      { "process.executable": "/bin/ls", "url.original": "https://a.example/x" },
      {
        "process.executable": "/bin/ls",
        "process.name": "ls",
        "url.original": "https://a.example/x",
        "url.full": "https://a.example/x",
      },
    ],
    [
      "the role of a session",
      "aws/cloudtrail",
      { "user.name": "ann", "user.id": "AROAX:ann", "user.roles": ["deployer"] },
      { "user.name": "deployer", "user.id": "AROAX:ann", "user.roles": ["deployer"] },
    ],
    [
      "who logged in behind a record of user space",
      "linux/auditd",
      {
        "firebreak.raw.type": "USER_AUTH",
        "firebreak.raw.auid": "1000",
        "firebreak.raw.acct": "root",
        "user.id": "0",
      },
      {
        "firebreak.raw.type": "USER_AUTH",
        "firebreak.raw.auid": "1000",
        "firebreak.raw.acct": "root",
        "user.id": "1000",
        "user.effective.name": "root",
      },
    ],
    [
      "a tenant as host",
      "m365/audit",
      { "organization.id": "t1", "user.email": "ann@example.org" },
      {
        "organization.id": "t1",
        "user.email": "ann@example.org",
        "host.id": "t1",
        "host.name": "example.org",
        "host.hostname": "example.org",
      },
    ],
    [
      "an attempt by its published action",
      "linux/sshd",
      { "event.action": "ssh-invalid-user" },
      { "event.action": "ssh_login" },
    ],
    [
      "a Sysmon event by its guide's name and its own moment",
      "windows/evtx",
      {
        "event.provider": "Microsoft-Windows-Sysmon",
        "event.code": "22",
        "event.action": "Dns query (rule: DnsQuery)",
        "winlog.event_data.UtcTime": "2024-05-14 06:10:23.240",
      },
      {
        "@timestamp": "2024-05-14T06:10:23.240Z",
        "event.provider": "Microsoft-Windows-Sysmon",
        "event.code": "22",
        "event.action": "DNSEvent (DNS query)",
        "winlog.event_data.UtcTime": "2024-05-14 06:10:23.240",
      },
    ],
    [
      "what a request of IIS asked for",
      "web/iis",
      { "url.path": "/a", "http.response.bytes": 12, "url.domain": "www.example.org" },
      {
        "url.path": "/a",
        "http.response.bytes": 12,
        "url.domain": "www.example.org",
        "http.response.body.bytes": 12,
        "url.original": "/a",
        "destination.domain": "www.example.org",
        "destination.address": "www.example.org",
      },
    ],
    [
      "the account that a tool is about",
      "linux/accounts",
      { "user.target.name": "bob", "user.target.id": "1001" },
      { "user.target.name": "bob", "user.target.id": "1001", "user.name": "bob", "user.id": "1001" },
    ],
    [
      "the arguments of a command",
      "linux/sudo",
      { "process.command_line": "ls -l" },
      { "process.command_line": "ls -l", "process.args": ["ls", "-l"], "process.args_count": 2 },
    ],
    [
      "recorded arguments as they are",
      "linux/auditd",
      { "process.command_line": "a b", "process.args": ["a b"] },
      { "process.command_line": "a b", "process.args": ["a b"] },
    ],
  ] as const)("%s", (_, dataset, fields, expected) => {
    const copy = { ...fields };
    completeDocument(copy, dataset);
    expect(copy).toEqual(expected);
  });
});
