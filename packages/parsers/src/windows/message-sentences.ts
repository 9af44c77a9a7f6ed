/**
 * Messages that are sentences: the data stand within the text. Patterns are anchored and linear; group names are data
 * names, a leading "u_" says user data.
 */
export const sentences: ReadonlyMap<number, readonly RegExp[]> = new Map<number, readonly RegExp[]>([
  [7036, [/^The (?<param1>[^\r\n]{1,256}?) service entered the (?<param2>\w{1,32}) state/]],
  [7035, [/^The (?<param1>[^\r\n]{1,256}?) service was successfully sent an? (?<param2>\w{1,32}) control/]],
  [
    7040,
    [
      /^The start type of the (?<param1>[^\r\n]{1,256}?) service was changed from (?<param2>[a-z ]{1,40}) to (?<param3>[a-z ]{1,40})\./,
    ],
  ],
  [7034, [/^The (?<param1>[^\r\n]{1,256}?) service terminated unexpectedly\./]],
  [7031, [/^The (?<param1>[^\r\n]{1,256}?) service terminated unexpectedly\./]],
  // The classic PowerShell log's unnamed data are the text of its message.
  ...[400, 403, 600, 800].map((id): [number, RegExp[]] => [
    id,
    [/^(?<Data>(?:Engine state is changed|Provider "|Pipeline execution details)[\s\S]*)$/],
  ]),
  [7000, [/^The (?<param1>[^\r\n]{1,256}?) service failed to start due to the following error/]],
  [
    7009,
    [
      /^A timeout was reached \((?<param1>\d{1,10}) milliseconds\) while waiting for the (?<param2>[^\r\n]{1,256}?) service to connect/,
    ],
  ],
  [
    129,
    [
      /^Task Scheduler launch task "(?<TaskName>[^"\r\n]{1,512})"\s{0,4},\s{0,4}instance "(?<Path>[^"\r\n]{1,520})"\s{1,4}with process ID (?<ProcessID>\d{1,10})/,
    ],
  ],
  [
    200,
    [
      /^Task Scheduler launched action "(?<ActionName>[^"\r\n]{1,520})" in instance "[^"\r\n]{1,64}" of task "(?<TaskName>[^"\r\n]{1,512})"/,
    ],
  ],
  [
    201,
    [
      /^Task Scheduler successfully completed task "(?<TaskName>[^"\r\n]{1,512})"\s{0,4},\s{0,4}instance "[^"\r\n]{1,64}"\s{0,4},\s{0,4}action "(?<ActionName>[^"\r\n]{1,520})"/,
    ],
  ],
  [104, [/^The (?<u_Channel>[^\r\n]{1,200}?) log file was cleared/]],
  [
    1000,
    [
      /^Faulting application name: (?<AppName>[^\r\n,]{1,256}), version: (?<AppVersion>[^\r\n,]{1,64})/,
      /Faulting module name: (?<ModuleName>[^\r\n,]{1,256}), version: (?<ModuleVersion>[^\r\n,]{1,64})/,
      /Exception code: (?<ExceptionCode>0x[0-9a-fA-F]{1,16})/,
      /Fault(?:ing)? offset: (?<FaultingOffset>0x[0-9a-fA-F]{1,16})/,
      /Faulting process id: (?<ProcessId>0x[0-9a-fA-F]{1,16})/i,
      /Faulting application path: (?<AppPath>[^\r\n]{1,520}?)(?=\r?\n|$| Faulting module path)/,
      /Faulting module path: (?<ModulePath>[^\r\n]{1,520}?)(?=\r?\n|$| Report Id)/,
    ],
  ],
  [
    1149,
    [
      /^Remote Desktop Services: User authentication succeeded/,
      /\bUser: (?<u_Param1>[^\r\n]{1,256}?)(?=\r?\n|$|\s+Domain:)/,
      /\bDomain: (?<u_Param2>[^\r\n]{0,256}?)(?=\r?\n|$|\s+Source)/,
      /\bSource Network Address: (?<u_Param3>[^\s]{1,64})/,
    ],
  ],
  ...[21, 22, 23, 24, 25].map((id): [number, RegExp[]] => [
    id,
    [
      /^Remote Desktop Services: /,
      /\bUser: (?<u_User>[^\r\n]{1,256}?)(?=\r?\n|$|\s+Session ID:)/,
      /\bSession ID: (?<u_SessionID>\d{1,10})/,
      /\bSource Network Address: (?<u_Address>[^\s]{1,64})/,
    ],
  ]),
  ...[106, 140, 141, 142].map((id): [number, RegExp[]] => [
    id,
    [
      /^User "(?<UserContext>[^"\r\n]{1,256})"\s{1,4}(?:registered|updated|deleted|disabled) (?:the )?Task Scheduler task "(?<TaskName>[^"\r\n]{1,512})"/,
    ],
  ]),
  [
    4104,
    [
      /^Creating Scriptblock text \((?<MessageNumber>\d{1,6}) of (?<MessageTotal>\d{1,6})\):\r?\n(?<ScriptBlockText>[\s\S]*?)(?=\r?\n\r?\nScriptBlock ID:|$)/,
      /ScriptBlock ID: (?<ScriptBlockId>[0-9a-fA-F-]{36})/,
      /ScriptBlock ID: [0-9a-fA-F-]{36}\r?\nPath: (?<Path>[^\r\n]{1,520})/,
    ],
  ],
  [
    1074,
    [
      /^The process (?<param1>[^\r\n]{1,520}?) \((?<param2>[^)\r\n]{1,256})\) has initiated the (?<param5>[\w ]{1,32}) of computer (?<Computer>\S{1,256}) on behalf of user (?<param7>[^\r\n]{1,256}?) for the following reason: (?<param3>[^\r\n]{0,256})/,
    ],
  ],
]);
