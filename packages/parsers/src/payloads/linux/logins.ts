import type { SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, loginFields, rule } from "../../text/rules.ts";

const rules = [
  rule(
    /^FAILED LOGIN (?:SESSION )?(?:\(?\d{1,6}\)? )?(?:on|FROM) '?([^']{1,255}?)'? FOR '?([^',]{1,128}?)'?, (.{1,200})$/,
    "firebreak.raw.tty user.name event.reason",
    loginFields("failure"),
  ),
  rule(/^ROOT LOGIN (?:ON|on) '?([^' ]{1,64})'?(?: FROM '?([^' ]{1,255})'?)?/, "firebreak.raw.tty source", {
    ...loginFields("success"),
    "user.name": "root",
  }),
  rule(
    /^LOGIN ON (\S{1,64}) BY (\S{1,128})(?: FROM (\S{1,255}))?/,
    "firebreak.raw.tty user.name source",
    loginFields("success"),
  ),
  rule(
    /^(?:\[INFO \] )?(?:\+\+ )?(?:created|reconnected) session \(access granted\): username (\S{1,128}), ip (\S{1,80}?)(?: - .*)?$/,
    "user.name source:port",
    loginFields("success"),
  ),
  rule(
    /^(?:\[\w{1,8} {0,3}\] )?AUTHFAIL: user=(\S{1,128}) ip=(\S{1,80})/,
    "user.name source",
    loginFields("failure"),
  ),
  rule(
    /^(?:<\w{1,40}> )?Failed login for (\S{1,255}?) (?:from|against \S{1,255} from) ([\da-fA-F.:]{3,45})/,
    "user.name source",
    loginFields("failure"),
  ),
  rule(
    /^(?:<\w{1,40}> )?Successful login for (\S{1,255}?) \(ID: \d{1,10}\) from ([\da-fA-F.:]{3,45})/,
    "user.name source",
    loginFields("success"),
  ),
  rule(
    /^[Cc]onnect(?:ion)? from ([\da-fA-F.:]{3,45})(?: (on illegal port))?/,
    "source event.reason",
    eventFields("network", "connection start", "connection-opened"),
  ),
  rule(
    /^refused connect from (\S{1,255}?)(?: \(([\da-fA-F.:]{3,45})\))?$/,
    "source.domain source",
    eventFields("network", "connection denied", "connection-refused", { "event.outcome": "failure" }),
  ),
  rule(
    /^(?:AS|TGS)_REQ \(\d{1,3} etypes \{[^}]{0,200}\}\) ([\da-fA-F.:]{3,45}): ISSUE: authtime \d{1,12}, etypes \{[^}]{0,200}\}, ([^@\s]{1,128})(?:@(\S{1,128}))? for (\S{1,255})/,
    "source user.name user.domain service.name",
    loginFields("success", "kerberos-ticket-issued"),
  ),
  rule(
    /^(?:AS|TGS)_REQ \(\d{1,3} etypes \{[^}]{0,200}\}\) ([\da-fA-F.:]{3,45}): ([A-Z_]{3,40}): ([^@\s]{1,128})(?:@(\S{1,128}))? for (\S{1,255}?), (.{1,200})$/,
    "source firebreak.raw.status user.name user.domain service.name event.reason",
    loginFields("failure", "kerberos-ticket-refused"),
  ),
];

/** The KDC writes its own level behind the process id, so that no envelope finds its name. */
const kdc = /^krb5kdc\[\d{1,10}\]\(\w{1,10}\): /;

/** login, telnetd, rshd, xrdp, Roundcube, TCP wrappers and the MIT Kerberos KDC. */
export const payload = {
  name: "linux/login",
  title: "login, telnet, rsh, xrdp, Roundcube and Kerberos KDC",
  programs: [
    "login",
    "rlogind",
    "in.rlogind",
    "rshd",
    "in.rshd",
    "in.telnetd",
    "telnetd",
    "xrdp",
    "xrdp-sesman",
    "roundcube",
    "krb5kdc",
    "krb5kdc(info)",
  ],
  accepts: (message) => kdc.test(message),
  parse(message) {
    const fields = applyRules(rules, message.replace(kdc, ""));
    return fields && { dataset: "linux/login", fields };
  },
} satisfies SyslogPayload;
