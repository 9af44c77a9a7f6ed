/** What a sentence says was done to a file. */
export interface FileAct {
  readonly action: string;
  readonly type: "access" | "creation" | "deletion" | "change";
  readonly path: string;
}

/** The verb as it stands in the sentence, the action as transfer services' own formats have it. */
const verbs: Record<string, readonly [action: string, type: FileAct["type"]]> = {
  downloaded: ["file-downloaded", "access"],
  retrieved: ["file-downloaded", "access"],
  uploaded: ["file-uploaded", "creation"],
  stored: ["file-uploaded", "creation"],
  deleted: ["file-deleted", "deletion"],
  removed: ["file-deleted", "deletion"],
  renamed: ["file-renamed", "change"],
};
const verb = Object.keys(verbs).join("|");
const thing = "(?:(?:the |a )?(?:file|document|attachment|object) ?[:=]? ?)?";
/** In quotes any name; bare only what is a path or has an extension: "downloaded 12 updates" is of no file. */
const named = `(?:["'\`](?<quoted>[^"'\`\\n]{1,1024})["'\`]|(?<bare>(?:[A-Za-z]:)?[\\\\/][^\\s"'\`,;]{1,1023}|[\\w-][\\w .()-]{0,120}?\\.[A-Za-z0-9]{1,8}(?=$|[\\s,;])))`;
const verbFirst = new RegExp(`\\b(?<verb>${verb}) ${thing}${named}`, "i");
const fileFirst = new RegExp(
  `\\b(?:file|document|attachment) ${named} (?:has been |was |is )?(?:successfully )?(?<verb>${verb})\\b`,
  "i",
);

/** "user anna downloaded file /data/a.zip", "File 'a.zip' was uploaded"; undefined when no file is named. */
export function findFileAct(text: string): FileAct | undefined {
  const groups = (verbFirst.exec(text) ?? fileFirst.exec(text))?.groups;
  const path = groups?.quoted ?? groups?.bare;
  if (groups?.verb === undefined || path === undefined) return undefined;
  const [action, type] = verbs[groups.verb.toLowerCase()]!;
  return { action, type, path };
}
