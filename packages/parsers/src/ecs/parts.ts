import type { Fields } from "@firebreak/model/event";
import { fieldBelow } from "./field-name.ts";
import { cleanIp } from "./ip.ts";

/** A program's path as `<prefix>.executable` and `<prefix>.name`; a bare name as the name only. */
export function setProgram(fields: Fields, prefix: string, path: string): void {
  const name = lastPart(path);
  if (name !== path) fields[fieldBelow(prefix, "executable")] = path;
  if (name !== "") fields[fieldBelow(prefix, "name")] = name;
}

/** A file's path as `<prefix>.path`, `.name`, `.directory` and `.extension`; a bare name as the name only. */
export function setFile(fields: Fields, prefix: string, path: string): void {
  const name = lastPart(path);
  if (name !== path) {
    fields[fieldBelow(prefix, "path")] = path;
    const directory = path.slice(0, path.length - name.length - 1);
    if (directory !== "") fields[fieldBelow(prefix, "directory")] = directory;
  }
  if (name === "") return;
  fields[fieldBelow(prefix, "name")] = name;
  const dot = name.lastIndexOf(".");
  if (dot > 0 && name.length - dot <= 11 && dot < name.length - 1)
    fields[fieldBelow(prefix, "extension")] = name.slice(dot + 1);
}

/** What stands behind the last slash of either kind. */
export function lastPart(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
}

const hashKinds: Record<number, string> = {
  32: "md5",
  40: "sha1",
  64: "sha256",
  96: "sha384",
  128: "sha512",
};

/** A hexadecimal digest as `<prefix>.md5`, `.sha1`, `.sha256` … by its length. Anything else is left out. */
export function setHash(fields: Fields, prefix: string, text: string): void {
  const kind = hashKinds[text.length];
  // Only zeros stand where no digest was made.
  if (kind !== undefined && /^[0-9A-Fa-f]+$/.test(text) && !/^0+$/.test(text))
    fields[`${prefix}.${kind}`] = text.toLowerCase();
}

const success =
  /^(?:success(?:ful(?:ly)?)?|succeeded|succeed|ok|okay|true|yes|y|pass(?:ed)?|granted|completed?|allow(?:ed)?|approved?|accepted|positive|permit(?:ted)?)$/i;
const failure =
  /^(?:fail(?:ed|ure|s)?|error|false|no|n|den(?:y|ied)|unauthori[sz]ed|forbidden|refused|invalid|reject(?:ed)?|unsuccessful|block(?:ed)?|fraud|negative|challenged?_?fail\w*)$/i;

/** A product's word for how it ended as `event.outcome`; words that say neither are left out. */
export function setOutcome(fields: Fields, word: string): void {
  if (success.test(word)) fields["event.outcome"] = "success";
  else if (failure.test(word)) fields["event.outcome"] = "failure";
}

/** A machine's name as `host.name` and `host.hostname`, "DOMAIN\\name" with its domain, an address as `host.ip`. */
export function setHost(fields: Fields, text: string): void {
  const ip = cleanIp(text);
  if (ip !== undefined) {
    fields["host.ip"] = [ip];
    return;
  }
  const slash = text.indexOf("\\");
  if (slash > 0) fields["host.domain"] = text.slice(0, slash);
  const name = text.slice(slash + 1);
  fields["host.name"] = name;
  fields["host.hostname"] = name;
}
