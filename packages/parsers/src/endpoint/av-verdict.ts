import type { Fields } from "@firebreak/model/event";

/** Words by which antivirus products say what they did, the weaker claim first: "Left alone" must not read as handled. */
const words: readonly (readonly [pattern: RegExp, action: string])[] = [
  [
    /left alone|not (?:processed|disinfected|cleaned|deleted)|no action|log(?:ged)? only|allow|ignore|alert$|waived/i,
    "detected",
  ],
  [/quarantin/i, "quarantined"],
  [/disinfect|clean|repair|cur(?:ed|e)\b/i, "cleaned"],
  [/delet|remov|eras/i, "deleted"],
  [/terminat|kill/i, "terminated"],
  [/block|den(?:y|ied)|prohibit|prevent|drop|reject|disallow/i, "blocked"],
];

/** "Cleaned by deletion" → "cleaned", "Left alone" → "detected"; "detected" for a word that says nothing of a deed. */
export function antivirusAction(text: string): string {
  const short = text.slice(0, 200);
  for (const [pattern, action] of words) if (pattern.test(short)) return action;
  return "detected";
}

/** Sets an antivirus finding: alert, malware, and what was done about it. */
export function setFinding(fields: Fields, deed: string): void {
  const action = antivirusAction(deed);
  fields["event.kind"] = "alert";
  fields["event.category"] = ["malware"];
  fields["event.type"] = [action === "blocked" ? "denied" : "info"];
  fields["event.action"] = action;
}

/** Sets `file.path` and `file.name` from a path of either system; a name without a path is a name only. */
export function setFile(fields: Fields, path: string): void {
  const cut = Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/"));
  if (cut >= 0) fields["file.path"] = path;
  const name = path.slice(cut + 1);
  if (name !== "") fields["file.name"] = name;
}

/** Sets the hash field that the digits' number stands for; anything else is left out. */
export function setHash(fields: Fields, text: string): void {
  if (!/^[0-9A-Fa-f]{32,64}$/.test(text)) return;
  const kind = text.length === 64 ? "sha256" : text.length === 40 ? "sha1" : text.length === 32 ? "md5" : "";
  if (kind !== "") fields[`file.hash.${kind}`] = text.toLowerCase();
}

/** Sets `process.executable` and `process.name` from a path. */
export function setProcess(fields: Fields, path: string): void {
  fields["process.executable"] = path;
  const name = path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1);
  if (name !== "") fields["process.name"] = name;
}

/** "CORP\\bob", "bob@corp.example (Initiator)", "Ann Meier (ann@corp.example)" as user name, domain and address. */
export function setUser(fields: Fields, text: string): void {
  const named = /^([^()]{1,200}) \(([^\s@()]{1,64}@[^\s@()]{1,255})\)$/.exec(text);
  if (named) {
    fields["user.full_name"] = named[1]!;
    fields["user.email"] = named[2]!;
    fields["user.name"] = named[2]!;
    return;
  }
  const bare = text.replace(/ \([A-Za-z ]{1,30}\)$/, "").trim();
  if (bare === "") return;
  const slash = bare.indexOf("\\");
  if (slash > 0) fields["user.domain"] = bare.slice(0, slash);
  fields["user.name"] = bare.slice(slash + 1).replace(/^\\/, "") || bare;
}
