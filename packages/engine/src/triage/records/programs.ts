/**
 * Programs that come with the operating system and do what they are told: their name, their hash and how often they run say
 * nothing, only their command does.
 */
const interpreters =
  /(^|[\\/])(powershell|pwsh|cmd|wscript|cscript|mshta|rundll32|regsvr32|certutil|bitsadmin|msbuild|installutil|wmic|schtasks|reg|net1?|sc|psexec|python\d?|perl|php|bash|sh|dash|zsh|curl|wget|java|node)(\.exe)?$/i;

export function isInterpreter(path: string): boolean {
  return interpreters.test(path) || /[\\/]windows[\\/](system32|syswow64)[\\/][^\\/]+$/i.test(path);
}
