/** What a type of audit record or a system call stands for (linux/audit.h and audit-records.h). */
export interface AuditAction {
  readonly category: readonly string[];
  readonly type: readonly string[];
  /** The type of the record, else the system call, in lower case: "user_login", "openat". */
  readonly action: string;
}

const table: Record<string, string> = {
  USER_AUTH: "authentication|info",
  USER_LOGIN: "authentication|start",
  USER_LOGOUT: "authentication session|end",
  USER_ACCT: "authentication|info",
  USER_ERR: "authentication|info",
  LOGIN: "authentication session|start",
  USER_START: "session|start",
  USER_END: "session|end",
  CRED_ACQ: "authentication|info",
  CRED_DISP: "authentication|info",
  CRED_REFR: "authentication|info",
  USER_CHAUTHTOK: "iam|user change",
  ACCT_LOCK: "iam|user change",
  ACCT_UNLOCK: "iam|user change",
  ADD_USER: "iam|user creation",
  DEL_USER: "iam|user deletion",
  ADD_GROUP: "iam|group creation",
  DEL_GROUP: "iam|group deletion",
  USER_MGMT: "iam|user change",
  GRP_MGMT: "iam|group change",
  CHUSER_ID: "iam|user change",
  USER_CMD: "process|start",
  EXECVE: "process|start",
  SERVICE_START: "process|start",
  SERVICE_STOP: "process|end",
  SYSTEM_BOOT: "host|start",
  SYSTEM_SHUTDOWN: "host|end",
  SYSTEM_RUNLEVEL: "host|change",
  CONFIG_CHANGE: "configuration|change",
  DAEMON_START: "process|start",
  DAEMON_END: "process|end",
  DAEMON_ABORT: "process|end",
  DAEMON_ROTATE: "process|info",
  DAEMON_CONFIG: "configuration|change",
  NETFILTER_CFG: "configuration|change",
  KERN_MODULE: "driver|start",
  AVC: "intrusion_detection|denied",
  USER_AVC: "intrusion_detection|denied",
  SECCOMP: "intrusion_detection|denied",
  TTY: "process|info",
  USER_TTY: "process|info",
  BPF: "process|change",
  MAC_STATUS: "configuration|change",
  MAC_POLICY_LOAD: "configuration|change",
  CRYPTO_SESSION: "network|connection info",
  CRYPTO_KEY_USER: "authentication|info",
  CRYPTO_LOGIN: "authentication|info",
};

const bySyscall: Record<string, string> = {
  execve: "process|start",
  execveat: "process|start",
  connect: "network|connection start",
  accept: "network|connection start",
  accept4: "network|connection start",
  bind: "network|info",
  open: "file|access",
  openat: "file|access",
  creat: "file|creation",
  unlink: "file|deletion",
  unlinkat: "file|deletion",
  rename: "file|change",
  renameat: "file|change",
  renameat2: "file|change",
  chmod: "file|change",
  fchmod: "file|change",
  fchmodat: "file|change",
  chown: "file|change",
  fchown: "file|change",
  ptrace: "process|access",
  init_module: "driver|start",
  finit_module: "driver|start",
  delete_module: "driver|end",
  mount: "host|change",
  setuid: "process|change",
  settimeofday: "host|change",
  clock_settime: "host|change",
  adjtimex: "host|change",
  kill: "process|change",
};

function unpack(row: string, action: string): AuditAction {
  const [category, type] = row.split("|") as [string, string];
  return { category: category.split(" "), type: type.split(" "), action: action.toLowerCase() };
}

/** The action of an event: the first record type that names one, else the system call. */
export function actionOf(types: readonly string[], syscall: string | undefined): AuditAction | undefined {
  for (const type of types) {
    if (Object.hasOwn(table, type)) return unpack(table[type]!, type);
    if (type.startsWith("ANOM_") || type.startsWith("RESP_")) return unpack("intrusion_detection|info", type);
  }
  if (syscall !== undefined && Object.hasOwn(bySyscall, syscall)) return unpack(bySyscall[syscall]!, syscall);
  return undefined;
}
