/** Variables of the command interpreter, as far as their values are known without running anything. */

/** Values on a usual installation of Windows; obfuscators cut letters out of them. */
const usual: Readonly<Record<string, string>> = {
  comspec: "C:\\WINDOWS\\system32\\cmd.exe",
  programfiles: "C:\\Program Files",
  programdata: "C:\\ProgramData",
  allusersprofile: "C:\\ProgramData",
  systemroot: "C:\\WINDOWS",
  windir: "C:\\WINDOWS",
  systemdrive: "C:",
  public: "C:\\Users\\Public",
  pathext: ".COM;.EXE;.BAT;.CMD;.VBS;.VBE;.JS;.JSE;.WSF;.WSH;.MSC",
  os: "Windows_NT",
  psmodulepath:
    "C:\\Program Files\\WindowsPowerShell\\Modules;C:\\WINDOWS\\system32\\WindowsPowerShell\\v1.0\\Modules",
};

const setLine = /(?:^|[&|(\n])[ \t]*@?set[ \t]+"?([A-Za-z_][\w.-]{0,60})=([^"\n&|]{0,2000})/gi;
const use =
  /%([A-Za-z_][\w.-]{0,60})(?::~(-?\d{1,4})(?:,(-?\d{1,4}))?|:([^%=\n]{1,60})=([^%\n]{0,60}))?%|!([A-Za-z_][\w.-]{0,60})!/g;
const variablesMax = 2000;
/** Variables that hold one another grow without end; what is over the limits stays as written. */
const valueCharsMax = 8192;
const grownCharsMax = 2 * 2 ** 20;

/** Replaces variables by what `set` lines and a usual system give them; unknown ones stay. */
export function expandVariables(text: string): string {
  const values = new Map(Object.entries(usual));
  let count = 0;
  for (const [, name, value] of text.matchAll(setLine)) {
    if (++count > variablesMax) break;
    values.set(name!.toLowerCase(), expand(value!.trimEnd(), values));
  }
  return expand(text, values);
}

function expand(text: string, values: ReadonlyMap<string, string>): string {
  let grown = 0;
  return text.replace(
    use,
    (
      whole,
      name?: string,
      from?: string,
      length?: string,
      search?: string,
      replacement?: string,
      delayed?: string,
    ) => {
      const value = values.get((name ?? delayed ?? "").toLowerCase());
      if (value === undefined || value.length > valueCharsMax || grown > grownCharsMax) return whole;
      grown += value.length;
      if (search !== undefined) return value.replaceAll(search, replacement ?? "");
      return from === undefined
        ? value
        : cut(value, Number(from), length === undefined ? undefined : Number(length));
    },
  );
}

/** `%name:~from,length%`: negative numbers count from the end. */
function cut(value: string, from: number, length: number | undefined): string {
  const start = from < 0 ? Math.max(0, value.length + from) : from;
  if (length === undefined) return value.slice(start);
  return length < 0
    ? value.slice(start, Math.max(start, value.length + length))
    : value.slice(start, start + length);
}

/** `$env:comspec[4,15,25]-join''`: letters of a variable of PowerShell. */
export function expandPowershellLetters(text: string): string {
  const shell = "C:\\WINDOWS\\System32\\WindowsPowerShell\\v1.0";
  const known: Record<string, string> = { ...usual, pshome: shell, shellid: "Microsoft.PowerShell" };
  return text.replace(
    /\(?\s*\$(?:env:)?\{?([a-z]{2,20})\}?\[([\d,\s-]{1,60})\](?:\s*\+\s*'([a-z])')?\s*-join\s*(?:''|"")\s*\)?/gi,
    (whole, name: string, list: string, extra?: string) => {
      const value = known[name.toLowerCase()];
      if (value === undefined) return whole;
      return (
        list
          .split(",")
          .map((index) => value.at(Number(index)) ?? "")
          .join("") + (extra ?? "")
      );
    },
  );
}
