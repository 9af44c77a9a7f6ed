/** What the types of audit records stand for: event.category, event.type, event.action (linux/audit.h and audit-records.h). */
export interface AuditAction {
  readonly category: readonly string[];
  readonly type: readonly string[];
  readonly action: string;
}

const table: Record<string, string> = {
  USER_AUTH: "authentication|info|authenticate",
  USER_LOGIN: "authentication|start|login",
  USER_LOGOUT: "authentication session|end|logout",
  USER_ACCT: "authentication|info|account-checked",
  USER_ERR: "authentication|info|account-error",
  LOGIN: "authentication session|start|session-assigned",
  USER_START: "session|start|session-opened",
  USER_END: "session|end|session-closed",
  CRED_ACQ: "authentication|info|credentials-acquired",
  CRED_DISP: "authentication|info|credentials-disposed",
  CRED_REFR: "authentication|info|credentials-refreshed",
  USER_CHAUTHTOK: "iam|user change|password-changed",
  ACCT_LOCK: "iam|user change|user-locked",
  ACCT_UNLOCK: "iam|user change|user-unlocked",
  ADD_USER: "iam|user creation|user-created",
  DEL_USER: "iam|user deletion|user-deleted",
  ADD_GROUP: "iam|group creation|group-created",
  DEL_GROUP: "iam|group deletion|group-deleted",
  USER_MGMT: "iam|user change|user-changed",
  GRP_MGMT: "iam|group change|group-changed",
  CHUSER_ID: "iam|user change|user-id-changed",
  USER_CMD: "process|start|command-executed",
  EXECVE: "process|start|process-started",
  SERVICE_START: "process|start|service-started",
  SERVICE_STOP: "process|end|service-stopped",
  SYSTEM_BOOT: "host|start|system-booted",
  SYSTEM_SHUTDOWN: "host|end|system-shut-down",
  SYSTEM_RUNLEVEL: "host|change|runlevel-changed",
  CONFIG_CHANGE: "configuration|change|audit-configuration-changed",
  DAEMON_START: "process|start|audit-started",
  DAEMON_END: "process|end|audit-stopped",
  DAEMON_ABORT: "process|end|audit-aborted",
  DAEMON_ROTATE: "process|info|audit-rotated",
  DAEMON_CONFIG: "configuration|change|audit-configuration-changed",
  NETFILTER_CFG: "configuration|change|firewall-changed",
  KERN_MODULE: "driver|start|module-loaded",
  AVC: "process|denied|access-denied",
  USER_AVC: "process|denied|access-denied",
  SECCOMP: "process|denied|syscall-denied",
  TTY: "process|info|terminal-input",
  USER_TTY: "process|info|terminal-input",
  BPF: "process|change|bpf-program",
  MAC_STATUS: "configuration|change|selinux-mode-changed",
  MAC_POLICY_LOAD: "configuration|change|selinux-policy-loaded",
  CRYPTO_SESSION: "network|connection info|crypto-session",
  CRYPTO_KEY_USER: "authentication|info|key-used",
  CRYPTO_LOGIN: "authentication|info|login-key",
};

const bySyscall: Record<string, string> = {
  execve: "process|start|process-started",
  execveat: "process|start|process-started",
  connect: "network|connection start|connection-attempted",
  accept: "network|connection start|connection-accepted",
  accept4: "network|connection start|connection-accepted",
  bind: "network|info|socket-bound",
  open: "file|access|file-opened",
  openat: "file|access|file-opened",
  creat: "file|creation|file-created",
  unlink: "file|deletion|file-deleted",
  unlinkat: "file|deletion|file-deleted",
  rename: "file|change|file-renamed",
  renameat: "file|change|file-renamed",
  renameat2: "file|change|file-renamed",
  chmod: "file|change|file-permissions-changed",
  fchmod: "file|change|file-permissions-changed",
  fchmodat: "file|change|file-permissions-changed",
  chown: "file|change|file-owner-changed",
  fchown: "file|change|file-owner-changed",
  ptrace: "process|access|process-traced",
  init_module: "driver|start|module-loaded",
  finit_module: "driver|start|module-loaded",
  delete_module: "driver|end|module-unloaded",
  mount: "host|change|file-system-mounted",
  setuid: "process|change|user-id-changed",
  settimeofday: "host|change|clock-changed",
  clock_settime: "host|change|clock-changed",
  adjtimex: "host|change|clock-changed",
  kill: "process|change|signal-sent",
};

function unpack(row: string): AuditAction {
  const [category, type, action] = row.split("|") as [string, string, string];
  return { category: category.split(" "), type: type.split(" "), action };
}

/** The action of an event: the first record type that names one, else the system call. */
export function actionOf(types: readonly string[], syscall: string | undefined): AuditAction | undefined {
  for (const type of types) {
    if (Object.hasOwn(table, type)) return unpack(table[type]!);
    if (type.startsWith("ANOM_") || type.startsWith("RESP_"))
      return {
        category: ["intrusion_detection"],
        type: ["info"],
        action: type.toLowerCase().replaceAll("_", "-"),
      };
  }
  if (syscall !== undefined && Object.hasOwn(bySyscall, syscall)) return unpack(bySyscall[syscall]!);
  return undefined;
}
