import { type Cfb, openCfb } from "../cfb.ts";

/** Classes of a root storage ([MS-OLEDS], the Windows registry) where streams alone do not tell. */
const classes: Record<string, string> = {
  "000c1084-0000-0000-c000-000000000046": "msi",
  "000c1086-0000-0000-c000-000000000046": "msi",
  "000c1082-0000-0000-c000-000000000046": "msi",
  "00021a14-0000-0000-c000-000000000046": "visio-ole",
  "00021201-0000-0000-00c0-000000000046": "publisher",
  "74b78f3a-c8c8-11d1-be11-00c04fb6faf1": "project-ole",
};

const streams: readonly (readonly [stream: string, type: string])[] = [
  ["EncryptedPackage", "encrypted-ooxml"],
  ["WordDocument", "word-ole"],
  ["Workbook", "excel-ole"],
  ["Book", "excel-ole"],
  ["PowerPoint Document", "powerpoint-ole"],
  ["__properties_version1.0", "outlook-message"],
  ["VisioDocument", "visio-ole"],
  ["VBA/dir", "vba-project"],
  ["Catalog", "thumbs"],
];

/** What kind of document a compound file is. */
export function compoundType(bytes: Uint8Array): string {
  return compoundTypeOf(openCfb(bytes));
}

export function compoundTypeOf(cfb: Cfb): string {
  const byClass = classes[cfb.root.clsid];
  if (byClass !== undefined) return byClass;
  return streams.find(([stream]) => cfb.find(stream) !== undefined)?.[1] ?? "ole-storage";
}
