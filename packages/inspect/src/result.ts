/** The result of a triage, as `firebreak inspect --json` prints it. */

export type Verdict = "malicious" | "suspicious" | "no sign found" | "unknown";

export interface Hashes {
  readonly md5: string;
  readonly sha1: string;
  readonly sha256: string;
  /** MD5 over the imported functions of a PE file, as pefile defines it. */
  readonly imphash?: string;
  /** Locality-sensitive hash, version T1; absent for content too short or too uniform. */
  readonly tlsh?: string;
}

export interface FileType {
  /** Stable id in kebab-case, such as "word-ole", "pdf", "pe". */
  readonly id: string;
  readonly description: string;
  readonly mime: string;
  /** Usual extensions without the dot. */
  readonly extensions: readonly string[];
  /** Set when the name's extension belongs to another type. */
  readonly nameLies?: { readonly extension: string; readonly words: string };
}

/** Where something stands: path of the part, then the byte offset or the 1-based line in it. */
export interface Place {
  /** Top file's name, then `!/` and the nested part's name, for every level. */
  readonly part: string;
  readonly offset?: number;
  readonly line?: number;
}

export interface Reason {
  /** Stable id, such as "vba-auto-run". */
  readonly what: string;
  /** What was found, in plain words. */
  readonly words: string;
  /** 0 says nothing by itself, 100 is decisive by itself. */
  readonly weight: number;
  /** Aspect of an attack that it stands for; a verdict needs several. */
  readonly aspect: Aspect;
  readonly where: Place;
  /** Times the same was found in this part, when more than once. */
  readonly count?: number;
  readonly techniques: readonly string[];
}

export type Aspect =
  | "trigger"
  | "execution"
  | "network"
  | "obfuscation"
  | "persistence"
  | "evasion"
  | "exploit"
  | "lure"
  | "structure";

export type ObservableType =
  | "url"
  | "domain"
  | "ipv4"
  | "ipv6"
  | "email"
  | "md5"
  | "sha1"
  | "sha256"
  | "windows-path"
  | "unix-path"
  | "registry-key"
  | "bitcoin-address"
  | "monero-address"
  | "ethereum-address";

export interface Observable {
  readonly type: ObservableType;
  readonly value: string;
  readonly defanged: string;
  readonly where: Place;
  readonly count: number;
  /** Why it says little: a name that formats and licences carry. */
  readonly knownNoise?: string;
}

export interface TechniqueUse {
  /** ATT&CK id. */
  readonly id: string;
  readonly name: string;
  readonly why: string;
}

/** What was not examined, and why. */
export interface Note {
  readonly code: string;
  readonly words: string;
  readonly where: Place;
  /** True when something that can act may lie in what was not examined. */
  readonly leavesOpen: boolean;
}

export type PartKind =
  | "file"
  | "member"
  | "stream"
  | "macro"
  | "sheet"
  | "embedded"
  | "attachment"
  | "body"
  | "decoded"
  | "resource"
  | "overlay";

export interface PartReport {
  readonly name: string;
  readonly path: string;
  readonly kind: PartKind;
  readonly size: number;
  readonly hashes: Hashes;
  readonly type: FileType;
  /** Shannon entropy in bits per byte, 0 to 8. */
  readonly entropy: number;
  /** Kebab-case facts such as "vba-macros", "xlm-macros", "dde", "external-links"; of the file, those of its parts too. */
  readonly features: readonly string[];
  /** What the format says of itself: headers, sections, properties. */
  readonly details: Record<string, unknown>;
  readonly reasons: readonly Reason[];
  readonly notes: readonly Note[];
  /** Text of a macro, script or decoded layer. */
  readonly source?: string;
  readonly parts: readonly PartReport[];
}

export interface FileReport extends PartReport {
  readonly verdict: Verdict;
  /** The verdict in one or two sentences. */
  readonly summary: string;
  /** Sum of the weights that led to the verdict. */
  readonly score: number;
  readonly observables: readonly Observable[];
  readonly techniques: readonly TechniqueUse[];
}
