import type { Fields } from "@firebreak/model/event";
import type { PayloadDraft, SyslogPayload } from "../../syslog-payload.ts";

const dataset = "linux/su";

export const payload = {
  name: dataset,
  title: "su",
  programs: ["su", "su-l"],
  parse,
} satisfies SyslogPayload;

const patterns: readonly { pattern: RegExp; user: number; target: number; failed: number }[] = [
  // util-linux: "(to root) alice on pts/0"; with "FAILED SU (to root) alice on pts/0" for a refusal.
  { pattern: /^(FAILED SU )?\(to (\S+)\) (\S+) on (\S+)$/, failed: 1, target: 2, user: 3 },
  // shadow: "+ /dev/pts/0 alice:root", "- /dev/pts/0 alice:root" (minus: refused).
  { pattern: /^(-)?\+? ?\S+ (?<user>[^:\s]+)[:-](?<target>\S+)$/, failed: 1, user: 2, target: 3 },
  // shadow and BSD: "Successful su for root by alice", "FAILED su for root by alice", "BAD SU alice to root on /dev/pts/0".
  { pattern: /^(FAILED )?(?:Successful )?su for (\S+) by (\S+)$/, failed: 1, target: 2, user: 3 },
  { pattern: /^(BAD SU )(\S+) to (\S+) on \S+$/, failed: 1, user: 2, target: 3 },
  { pattern: /^(BAD SU )?(\S+) to (\S+) on \S+$/, failed: 1, user: 2, target: 3 },
  // AIX: "from alice to root at /dev/pts/0", with "BAD SU" before it for a refusal.
  { pattern: /^(BAD SU )?from (\S+) to (\S+) at \S+$/, failed: 1, user: 2, target: 3 },
  // Solaris: "'su root' failed for alice on /dev/pts/1", "… succeeded for …".
  { pattern: /^'su (\S+)' (?:(failed)|succeeded) for (\S+) on \S+$/, failed: 2, target: 1, user: 3 },
];

function parse(message: string): PayloadDraft | undefined {
  for (const { pattern, user, target, failed } of patterns) {
    const match = pattern.exec(message);
    if (!match) continue;
    const refused = match[failed] !== undefined;
    const fields: Fields = {
      "event.category": ["authentication"],
      "event.type": refused ? ["info"] : ["start"],
      "event.action": refused ? "switch-user-failed" : "switch-user",
      "event.outcome": refused ? "failure" : "success",
      "user.name": match[user]!,
      "user.effective.name": match[target]!,
    };
    return { dataset, fields };
  }
  return undefined;
}
