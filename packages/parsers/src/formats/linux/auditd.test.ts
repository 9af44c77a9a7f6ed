import { describe, expect, it } from "vitest";
import { readSockaddr } from "../../audit/sockaddr.ts";
import { collect } from "../../testing/collect.ts";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./auditd.ts";

const execve = [
  'type=SYSCALL msg=audit(1709461353.123:77): arch=c000003e syscall=59 success=yes exit=0 a0=55 a1=66 a2=77 a3=0 items=2 ppid=10 pid=11 auid=1000 uid=33 gid=33 euid=0 tty=pts0 ses=3 comm="curl" exe="/usr/bin/curl" key="exec"',
  'type=EXECVE msg=audit(1709461353.123:77): argc=4 a0="curl" a1="-o" a2="/tmp/x" a3=687474703A2F2F3230332E302E3131332E352F612062',
  'type=CWD msg=audit(1709461353.123:77): cwd="/var/www"',
  'type=PATH msg=audit(1709461353.123:77): item=0 name="/usr/bin/curl" inode=12 mode=0100755 ouid=0 nametype=NORMAL',
  "type=PROCTITLE msg=audit(1709461353.123:77): proctitle=6375726C002D6F",
].join("\n");

describe("linux/auditd", () => {
  checkFormat(format, [
    [
      "an account is told by its number and name",
      `type=ADD_USER msg=audit(1709461353.1:9): pid=2 uid=0 msg='op=add-user id=1001 exe="/usr/sbin/useradd" res=success'\x1dUID="root" ID="bob"`,
      1,
      {
        "event.action": "add_user",
        "user.name": "root",
        "user.target.id": "1001",
        "user.target.name": "bob",
      },
    ],
    [
      "a cryptographic session tells both ends",
      "type=CRYPTO_SESSION msg=audit(1709461353.1:9): pid=2 uid=0 msg='op=start rport=63927 laddr=10.0.0.2 lport=22 addr=203.0.113.91 res=success'",
      1,
      {
        "source.ip": "203.0.113.91",
        "source.port": 63927,
        "destination.ip": "10.0.0.2",
        "destination.port": 22,
      },
    ],
    [
      "records of one serial are one event",
      execve,
      1,
      {
        "@time": "2024-03-03T10:22:33.123Z",
        "event.action": "execve",
        "event.category": ["process"],
        "event.outcome": "success",
        "process.command_line": "curl -o /tmp/x http://203.0.113.5/a b",
        "process.args_count": 4,
        "process.executable": "/usr/bin/curl",
        "process.name": "curl",
        "process.pid": 11,
        "process.parent.pid": 10,
        "process.working_directory": "/var/www",
        "user.id": "33",
        "user.effective.id": "0",
        "firebreak.raw.a0": "curl",
        "firebreak.raw.type": ["SYSCALL", "EXECVE", "CWD", "PATH", "PROCTITLE"],
        "firebreak.raw.SYSCALL": "execve",
        "rule.name": "exec",
        "file.path": "/usr/bin/curl",
        "process.title": "curl -o",
        "event.sequence": 77,
      },
    ],
    [
      "serials part events",
      `${execve}\ntype=LOGIN msg=audit(1709461354.000:78): pid=1 uid=0 auid=5 res=1`,
      2,
      {},
    ],
    [
      "login failed",
      `type=USER_LOGIN msg=audit(1709461353.123:79): pid=99 uid=0 auid=4294967295 ses=4294967295 msg='op=login acct=28756E6B6E6F776E207573657229 exe="/usr/sbin/sshd" hostname=? addr=198.51.100.9 terminal=ssh res=failed'`,
      1,
      {
        "event.outcome": "failure",
        "source.ip": "198.51.100.9",
        "user.name": null,
        "event.category": ["authentication"],
        "firebreak.raw.op": "login",
        "process.name": "sshd",
      },
    ],
    [
      "enriched",
      `type=USER_AUTH msg=audit(1709461353.123:80): pid=9 uid=0 msg='op=PAM:authentication acct="bob" exe="/usr/bin/su" res=success'\u001dUID="root" AUID="alice"`,
      1,
      {
        "user.name": "bob",
        "firebreak.raw.UID": "root",
        "event.outcome": "success",
      },
    ],
    [
      "account tool: who and whom",
      `node=web1 type=ADD_USER msg=audit(1709461353.123:81): pid=9 uid=0 auid=1000 msg='op=add-user acct="mallory" exe="/usr/sbin/useradd" res=success'\u001dUID="root" AUID="alice"`,
      1,
      {
        "user.target.name": "mallory",
        "user.name": "alice",
        "host.name": "web1",
        "event.category": ["iam"],
      },
    ],
    [
      "command of sudo in hex",
      `type=USER_CMD msg=audit(1709461353.123:82): pid=9 uid=1000 msg='cwd="/root" cmd=636174202F6574632F736861646F77 exe="/usr/bin/sudo" res=success'`,
      1,
      { "process.command_line": "cat /etc/shadow" },
    ],
    [
      "connect",
      'type=SYSCALL msg=audit(1709461353.123:83): arch=c000003e syscall=42 success=yes pid=9 comm="nc"\ntype=SOCKADDR msg=audit(1709461353.123:83): saddr=020001BBCB0071050000000000000000',
      1,
      {
        "destination.ip": "203.0.113.5",
        "destination.port": 443,
        "event.action": "connect",
      },
    ],
    [
      "argument in pieces",
      'type=EXECVE msg=audit(1709461353.123:84): argc=2 a0="sh" a1_len=8 a1[0]="abcd" a1[1]="efgh"',
      1,
      { "process.command_line": "sh abcdefgh" },
    ],
    [
      "several paths",
      'type=PATH msg=audit(1709461353.123:85): item=0 name="/etc/" nametype=PARENT\ntype=PATH msg=audit(1709461353.123:85): item=1 name="/etc/x" nametype=DELETE',
      1,
      { "file.path": "/etc/x", "firebreak.raw.name": ["/etc/", "/etc/x"] },
    ],
    ["unset user", "type=LOGIN msg=audit(1709461353.123:86): pid=1 uid=4294967295", 1, { "user.id": null }],
  ]);
  it("rejects a record without milliseconds", () =>
    expect(collect("type=X msg=audit(1709461353): x", [format, format]).rejects).toHaveLength(1));
  it.each<[string, ReturnType<typeof readSockaddr>]>([
    [
      "0A0001BB00000000" + "20010DB8000000000000000000000001" + "00000000",
      { address: "2001:db8:0:0:0:0:0:1", port: 443 },
    ],
    ["01002F72756E2F7800", { path: "/run/x" }],
    ["1000000000000000", undefined],
    ["zz", undefined],
    ["0200", undefined],
  ])("socket address %s", (hex, expected) => expect(readSockaddr(hex)).toEqual(expected));
});
