import type { SignId } from "../signs/catalog.ts";

/** What a text of a language tells by its words. Patterns are tried on the script as written and as folded. */
export type PatternTable = readonly (readonly [sign: SignId, pattern: RegExp])[];

const procedure = "^[ \\t]*(?:(?:Public|Private|Friend|Static)[ \\t]+)*(?:Sub|Function)[ \\t]+";

export const vbaPatterns: PatternTable = [
  [
    "vba-auto-run",
    new RegExp(
      `${procedure}((?:Auto(?:Open|Exec|Close|Exit|New)|Auto_(?:Open|Close|Ope|Activate|Deactivate|Exec|Exit|New)|(?:Document|Workbook|Presentation|DocumentBefore|App|Application|objApp|myApp|Word|Xl\\w{0,20})_?(?:Open|Close|New|BeforeClose|BeforePrint|BeforeSave|Change|Activate|Deactivate|SheetActivate|WindowActivate|AddinInstall|NewSheet|SheetChange|SheetCalculate|AfterSave|ContentControlOnEnter|XMLAfterInsert|DocumentOpen|DocumentChange|WorkbookOpen|PresentationOpen|NewDocument|NewWorkbook)|OnSlideShowPageChange|Slide\\w*_Open|Worksheet_(?:Activate|Calculate|Change|SelectionChange|BeforeDoubleClick)|NewDocument)\\b)`,
      "gim",
    ),
  ],
  [
    "vba-auto-run",
    new RegExp(
      `${procedure}(\\w{1,60}_(?:Layout|Resize|Painted|Painting|GotFocus|LostFocus|MouseHover|MouseMove|MouseEnter|MouseLeave|DownloadComplete|BeforeNavigate2|DocumentComplete|StatusTextChange|TitleChange|ProgressChange|FileDownload|BeforeScriptExecute|ActiveXControl_OnLoad|Terminate|Initialize)\\b(?<!UserForm_(?:Initialize|Terminate|Resize|Layout|MouseMove))(?<!Class_(?:Initialize|Terminate)))`,
      "gim",
    ),
  ],
  [
    "vba-execution",
    /(?:^|[^\w."])((?:VBA\.)?Shell[$]?\s*[( ]\s*["\w]|ShellExecute\w?|MacScript\s*\(|AppleScriptTask|CreateObject\s*\(\s*"(?:WScript\.Shell|Shell\.Application|WbemScripting\.SWbemLocator|Schedule\.Service|MSScriptControl\.ScriptControl|new:[^"]*)"|GetObject\s*\(\s*"(?:winmgmts|new|script):?[^"]*"|Win32_Process\w*|ExecuteExcel4Macro|CreateProcess[AW]?)/gi,
  ],
  ["vba-execution", /\.(?:ShellExecute|Exec)\s*[( ]|(?:wsh|shell|objshell|oshell)\w{0,12}\.Run\b/gi],
  [
    "vba-execution",
    /"[^"\n]{0,200}\b(?:cmd(?:\.exe)?\s*\/[ck]|powershell(?:\.exe)?\s|mshta(?:\.exe)?\s|regsvr32(?:\.exe)?\s|rundll32(?:\.exe)?\s|certutil(?:\.exe)?\s|wscript(?:\.exe)?\s|bitsadmin\s)[^"\n]{0,200}/gi,
  ],
  [
    "vba-download",
    /URLDownloadToFile\w?|(?:MSXML2|Microsoft)\.(?:Server)?XMLHTTP[\w.]*|WinHttp\.WinHttpRequest[\d.]*|InternetExplorer\.Application|Net\.WebClient|InternetOpen(?:Url)?[AW]?\b|InternetReadFile|DownloadFile\b|DownloadString\b/gi,
  ],
  [
    "vba-file-write",
    /ADODB\.Stream|SaveToFile|CreateTextFile|FileCopy\b|\bOpen\b[^\n"]{1,200}\bFor\s+(?:Output|Append|Binary)\b|(?:^|\s)Kill\s+["\w]|CopyHere|\.CopyFile\b/gim,
  ],
  [
    "vba-native-call",
    /^[ \t]*(?:(?:Public|Private)[ \t]+)?Declare[ \t]+(?:PtrSafe[ \t]+)?(?:Sub|Function)[ \t]+\w+[ \t]+Lib[ \t]+"[^"\n]{1,100}"/gim,
  ],
  [
    "vba-injection",
    /\b(?:VirtualAlloc(?:Ex)?|VirtualProtect(?:Ex)?|RtlMoveMemory(?=[\s\S]{0,4000}VirtualAlloc)|WriteProcessMemory|CreateRemoteThread|CreateThread|HeapCreate|QueueUserAPC|NtAllocateVirtualMemory|SetThreadContext|EnumSystemLanguageGroups\w?|EnumTimeFormats\w?|CallWindowProc\w?(?=[\s\S]{0,4000}Alloc))\b/g,
  ],
  [
    "vba-persistence",
    /CurrentVersion\\{1,2}Run\b|\\Start Menu\\Programs\\Startup|SpecialFolders\s*\(\s*"Startup"|schtasks\s|\\STARTUP\\|Application\.StartupPath|NormalTemplate\.VBProject/gi,
  ],
  [
    "vba-evasion",
    /\.VBProject\.|VBOM\b|VBAWarnings|\\Security\\(?:AccessVBOM|VBAWarnings)|Options\.VirusProtection|Application\.AutomationSecurity|RecentFiles\.Count\s*<|\b(?:vmware|virtualbox|vboxservice|sandboxie|wireshark|procmon|fiddler)\b|Application\.MouseAvailable|GetTickCount/gi,
  ],
  [
    "vba-obfuscation",
    /StrReverse\s*\(|CallByName\s*\(|\bXor\b|(?:Chr[WB]?\$?\s*\(\s*[\dx&hHa-fA-F+\- ]{1,20}\)\s*(?:&|\+)\s*){3}|Asc\(Mid\(|"[A-Za-z0-9+/=]{120,}"|"(?:[0-9A-Fa-f]{2}){60,}"/g,
  ],
];

/** Command lines and Windows programs that run code for others: whatever the language they stand in. */
export const commandPatterns: PatternTable = [
  [
    "script-hidden",
    /\bpowershell\b[^\n]{0,400}[-/]w(?:i(?:n(?:d(?:o(?:w(?:s(?:t(?:y(?:le?)?)?)?)?)?)?)?)?)?\s+(?:h(?:id(?:den)?)?|1)\b|-WindowStyle\s+Hidden/gi,
  ],
  [
    "script-bypass",
    /[-/]e(?:x(?:ec(?:utionpolicy)?)?|p)\s+(?:bypass|unrestricted)|Set-ExecutionPolicy\s+(?:-\w+\s+\w+\s+)?(?:Bypass|Unrestricted)/gi,
  ],
  [
    "script-lolbin",
    /\b(?:mshta(?:\.exe)?["']?\s+["']?(?:https?:|vbscript:|javascript:|\\\\)|regsvr32(?:\.exe)?["']?\s[^\n]{0,80}(?:\/i:|scrobj)|rundll32(?:\.exe)?["']?\s[^\n]{0,80}(?:javascript:|url\.dll|shell32\.dll,ShellExec|,\s*Control_RunDLL|\\\\[\w.]+\\|DllRegisterServer|%(?:temp|appdata|public)%)|certutil(?:\.exe)?["']?\s[^\n]{0,80}-(?:urlcache|decode|f)\b|bitsadmin(?:\.exe)?["']?\s[^\n]{0,80}\/transfer|msiexec(?:\.exe)?["']?\s[^\n]{0,60}https?:|wmic(?:\.exe)?["']?\s[^\n]{0,80}(?:process\s+call\s+create|\/format:["']?https?:)|cmstp(?:\.exe)?["']?\s[^\n]{0,60}\/s|installutil(?:\.exe)?["']?\s[^\n]{0,60}\/u\s|odbcconf[^\n]{0,60}regsvr|finger\s[^\n]{0,60}\||curl(?:\.exe)?\s[^\n]{0,200}(?:&&?|\|)\s*(?:start|cmd|powershell|rundll32|wscript))/gi,
  ],
  [
    "script-tamper",
    /Set-MpPreference\s[^\n]{0,120}-(?:Disable\w+|Exclusion\w+)|Add-MpPreference\s[^\n]{0,120}-Exclusion\w+|amsiInitFailed|AmsiScanBuffer|AmsiUtils|\b(?:sc|net)(?:\.exe)?\s+(?:stop|delete|config)\s+["']?(?:WinDefend|wscsvc|MpsSvc|Sense)\b|netsh\s+(?:advfirewall\s+set\s+\w+\s+state\s+off|firewall\s+set\s+opmode\s+disable)|DisableAntiSpyware|DisableRealtimeMonitoring|ScriptBlockLogging[^\n]{0,80}0\b|EtwEventWrite/gi,
  ],
  [
    "script-destruction",
    /vssadmin(?:\.exe)?\s+(?:delete\s+shadows|resize\s+shadowstorage)|wmic(?:\.exe)?\s+shadowcopy\s+delete|bcdedit(?:\.exe)?\s[^\n]{0,80}(?:recoveryenabled\s+no|bootstatuspolicy\s+ignoreallfailures)|wbadmin(?:\.exe)?\s+delete|wevtutil(?:\.exe)?\s+(?:cl|clear-log)\s|Clear-EventLog\b|Get-WmiObject\s+Win32_Shadowcopy[^\n]{0,80}Delete|\bcipher(?:\.exe)?\s+\/w:/gi,
  ],
  [
    "script-credentials",
    /Invoke-Mimikatz|sekurlsa::|lsadump::|comsvcs(?:\.dll)?[, ]+(?:#?\+?24|MiniDump)|procdump[^\n]{0,60}lsass|reg(?:\.exe)?\s+save\s+hklm\\(?:sam|system|security)|ntdsutil[^\n]{0,80}ifm|\\Login Data\b[^\n]{0,200}(?:copy|sqlite)|vaultcmd\s+\/list/gi,
  ],
  [
    "script-persistence",
    /\bschtasks(?:\.exe)?\s[^\n]{0,40}\/create|\breg(?:\.exe)?\s+add\s+["']?(?:HKCU|HKLM|HKEY_\w+)\\[^\n]{0,120}CurrentVersion\\Run|(?:New|Set)-ItemProperty[^\n]{0,160}CurrentVersion\\Run|Register-ScheduledTask|New-ScheduledTaskAction|\\Start Menu\\Programs\\Startup\\|(?:RegWrite)[^\n]{0,120}CurrentVersion\\\\?Run|__EventFilter|CommandLineEventConsumer|sc(?:\.exe)?\s+create\s[^\n]{0,80}binpath/gi,
  ],
  [
    "script-download-run",
    /(?:\bIEX\b|Invoke-Expression)[^\n]{0,200}(?:Download(?:String|Data|File)|Invoke-WebRequest|\biwr\b|\bcurl\b|Invoke-RestMethod|\birm\b)|(?:DownloadString|Invoke-WebRequest|\biwr\b|Invoke-RestMethod|\birm\b)[^\n]{0,300}\|\s*(?:IEX\b|Invoke-Expression|&)|(?:curl|wget)\s[^\n|]{0,300}\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b|base64\s+(?:-d|--decode|-D)[^\n|]{0,100}\|\s*(?:ba|z|da)?sh\b|\b(?:ba)?sh\s+-c\s+["']?\$\((?:curl|wget)|\b(?:ba)?sh\s+<\(\s*(?:curl|wget)/gi,
  ],
  [
    "script-reverse-shell",
    /\/dev\/tcp\/[\w.$-]+\/\d+|\bnc(?:at)?\s[^\n]{0,60}-e\s+\S*(?:sh|cmd)|socket\.socket\([^\n]{0,400}(?:dup2|subprocess)|New-Object\s+(?:System\.)?Net\.Sockets\.TCPClient\([^\n]{0,300}(?:GetStream)|\bmkfifo\s[^\n]{0,120}\bnc\b|fsockopen\([^\n]{0,200}(?:exec|proc_open)\b|php\s+-r\s+[^\n]{0,40}fsockopen/gi,
  ],
];

export const powershellPatterns: PatternTable = [
  [
    "script-eval",
    /(?:\||&|;|^|\(|\.)\s*\bIEX\b|Invoke-Expression\b|\[ScriptBlock\]::Create|\.InvokeCommand\.(?:InvokeScript|NewScriptBlock)|&\s*\(\s*["'$(]|\.\s*\(\s*["']/gim,
  ],
  [
    "script-download",
    /\.Download(?:String|File|Data)\s*\(|\bInvoke-WebRequest\b|\bInvoke-RestMethod\b|\bStart-BitsTransfer\b|Net\.WebClient\b|\[(?:System\.)?Net\.(?:Http)?WebRequest\]::Create|Msxml2\.XMLHTTP/gi,
  ],
  [
    "script-execution",
    /\bStart-Process\b|\[(?:System\.)?Diagnostics\.Process\]::Start|Invoke-WmiMethod|Invoke-CimMethod|\bWScript\.Shell\b|Shell\.Application/gi,
  ],
  [
    "script-injection",
    /\bVirtualAlloc(?:Ex)?\b|\bCreateThread\b|\bCreateRemoteThread\b|\bWriteProcessMemory\b|\[(?:System\.)?Reflection\.Assembly\]::Load\s*\(|GetDelegateForFunctionPointer|\[Runtime\.InteropServices\.Marshal\]::Copy|DefineDynamicAssembly/gi,
  ],
  [
    "script-obfuscation",
    /\[char\]\s*\(?\s*\d{1,3}\)?\s*\+\s*\[char\]|-bxor\b|(?:\{\d\}){3,}["']\s*-f|-join\s*\(?[^\n]{0,80}\[char|\w`\w`?\w|\$\{[^}\n]{0,40}[`!-)+-/:-@[-^][^}\n]{0,40}\}|\[-1\.\.-|FromBase64String\s*\(|IO\.Compression\./gi,
  ],
];

export const vbscriptPatterns: PatternTable = [
  [
    "script-execution",
    /CreateObject\s*\(\s*"(?:WScript\.Shell|Shell\.Application|Schedule\.Service)"|GetObject\s*\(\s*"(?:winmgmts|script|new):[^"]*"|\.ShellExecute\b|\bWin32_Process\w*|\.(?:Run|Exec)\s*\(?\s*["\w]/gi,
  ],
  [
    "script-eval",
    /\bExecute(?:Global)?\s*[( ]\s*[\w"(]|\bEval\s*\(|MSScriptControl\.ScriptControl|window\.execScript/gi,
  ],
  [
    "script-download",
    /MSXML2\.(?:Server)?XMLHTTP[\w.]*|Microsoft\.XMLHTTP|WinHttp\.WinHttpRequest[\d.]*|InternetExplorer\.Application/gi,
  ],
  [
    "script-obfuscation",
    /StrReverse\s*\(|(?:Chr[WB]?\s*\([^)\n]{1,30}\)\s*&\s*){4}|\bXor\b|(?:"[^"\n]{1,6}"\s*&\s*){6}/gi,
  ],
];

/** JScript under Windows Script Host. In a browser or under Node other words count. */
export const jscriptPatterns: PatternTable = [
  [
    "script-execution",
    /new\s+ActiveXObject\s*\(\s*["'](?:WScript\.Shell|Shell\.Application)["']|WScript\.CreateObject\s*\(\s*["'](?:WScript\.Shell|Shell\.Application)|\.ShellExecute\s*\(|GetObject\s*\(\s*["'](?:winmgmts|script):/gi,
  ],
  [
    "script-eval",
    /\bnew\s+Function\s*\([^)\n]{0,200}(?:atob|unescape|fromCharCode)|\beval\s*\(\s*(?:unescape|atob|String\.fromCharCode|function\s*\(p,a,c,k|\w+\s*\(\s*["'])|\[\s*["']eval["']\s*\]|\bthis\s*\[\s*["'][^"'\n]{1,20}["']\s*\]\s*\(\s*(?:atob|unescape)/gi,
  ],
  [
    "script-download",
    /ActiveXObject\s*\(\s*["'](?:MSXML2\.(?:Server)?XMLHTTP[\w.]*|Microsoft\.XMLHTTP|WinHttp\.WinHttpRequest[\d.]*)["']|ADODB\.Stream/gi,
  ],
  [
    "script-obfuscation",
    /(?:\\x[0-9a-f]{2}){12,}|(?:\\u00[0-9a-f]{2}){12,}|(?:_0x[0-9a-f]{4,6}\b[^\n]{0,80}){6}|(?:\+?!?\[\]\+?){12,}|(?:["'][^"'\n]{1,4}["']\s*\+\s*){10}/gi,
  ],
];

export const batchPatterns: PatternTable = [
  ["script-obfuscation", /(?:[a-z]\^){4,}|(?:%\w{1,30}:~-?\d+,-?\d+%){3,}|(?:%[a-z0-9_]{1,12}%){8,}/gi],
  [
    "script-download",
    /\bpowershell\b[^\n]{0,300}(?:Download(?:String|File)|Invoke-WebRequest|\biwr\b)|\b(?:curl|bitsadmin|certutil)(?:\.exe)?\s[^\n]{0,200}https?:/gi,
  ],
  [
    "script-execution",
    /\bstart\s+(?:""\s+)?(?:\/\w+\s+)*["']?%(?:temp|appdata|localappdata|public|userprofile)%[^\n]{0,100}\.(?:exe|scr|dll|js|vbs|bat|ps1)/gi,
  ],
];

export const phpPatterns: PatternTable = [
  [
    "web-shell",
    /\b(?:eval|assert|system|exec|shell_exec|passthru|popen|proc_open|create_function|call_user_func(?:_array)?)\s*\(\s*(?:@?\s*(?:stripslashes|base64_decode|gzinflate|urldecode|trim)\s*\(\s*)*\$_(?:POST|GET|REQUEST|COOKIE|SERVER)\b|`\s*\$_(?:POST|GET|REQUEST)|\$_(?:POST|GET|REQUEST|COOKIE)\s*\[[^\]\n]{1,40}\]\s*\(\s*\$_(?:POST|GET|REQUEST|COOKIE)|\beval\s*\(\s*(?:gzinflate|gzuncompress|str_rot13|base64_decode)\s*\(|move_uploaded_file\s*\([^\n]{0,120}\$_FILES[^\n]{0,200}(?:\n[^\n]{0,200}){0,30}\b(?:shell_exec|passthru|system)\s*\(/gi,
  ],
  [
    "script-obfuscation",
    /preg_replace\s*\(\s*["']\/[^"'\n]{0,60}\/[a-z]*e[a-z]*["']|(?:chr\(\d{1,3}\)\.){6}|str_rot13\s*\(\s*["']/gi,
  ],
];

export const shellPatterns: PatternTable = [
  [
    "script-persistence",
    /crontab\s+-\s*$|\|\s*crontab\b|>>?\s*\/etc\/(?:cron|rc\.local|ld\.so\.preload)|\/etc\/systemd\/system\/[^\n]{0,80}\.service[^\n]{0,80}(?:<<|>)|authorized_keys/gim,
  ],
  [
    "script-obfuscation",
    /(?:\\x[0-9a-f]{2}){12,}|\beval\s+"?\$\((?:echo|printf)[^\n]{0,200}base64|(?:\$\{\w{1,12}:\d{1,3}:1\}){5,}/gi,
  ],
];

export const pythonPatterns: PatternTable = [
  [
    "script-eval",
    /\bexec\s*\(\s*(?:__import__|base64|zlib|codecs|marshal|compile\s*\(\s*(?:base64|zlib))|\beval\s*\(\s*(?:base64|codecs|zlib|__import__)|marshal\.loads\s*\(/gi,
  ],
  [
    "script-injection",
    /ctypes\.windll\.kernel32\.(?:VirtualAlloc\w*|CreateThread|CreateRemoteThread|RtlMoveMemory|WriteProcessMemory)/gi,
  ],
];
