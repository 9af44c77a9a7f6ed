/** OLE objects inside a document: what they are, what they carry, where they point. */
import { cString, guidAt, u32 } from "../../bytes.ts";
import { extensionOf, runningExtensions, runningTypes } from "../../identify/types.ts";
import { observeUrl } from "../../observables/collect.ts";
import type { At, Part } from "../../part.ts";
import { judgeExternal } from "../links.ts";
import type { Storage } from "../storage.ts";
import { dangerousClasses, equationClass, linkClass } from "./classes.ts";
import { hasLongFont } from "./equation.ts";
import { monikerUrl } from "./moniker.ts";
import { type PackagedFile, readOleNative } from "./ole-native.ts";

/** Examines a storage that holds one object. Returns whether it is one. */
export async function examineObject(part: Part, storage: Storage, label: string): Promise<boolean> {
  const names = storage.streams().map(({ name }) => name.toLowerCase());
  const component = storage.readPath("\u0001CompObj");
  const isObject =
    component !== undefined ||
    names.some((name) => /^\u0001ole|^package$|^contents$|^equation native$|^ole10native$/.test(name));
  if (!isObject) return false;
  const clsid = /[1-9a-f]/.test(storage.clsid)
    ? storage.clsid
    : component === undefined
      ? ""
      : guidAt(component, 12);
  const type = objectClass(component) ?? dangerousClasses[clsid] ?? (clsid === "" ? "unknown class" : clsid);
  const place = { member: label };
  part.features.add("embedded-objects");
  judgeClass(part, clsid, `${label}: ${type}`, place);
  const native = storage.readPath("\u0001Ole10Native");
  if (native !== undefined) await examineNative(part, native, label);
  for (const name of ["Package", "CONTENTS", "Contents"]) {
    const content = storage.readPath(name);
    if (content !== undefined && content.length > 0) {
      part.sign("embedded-object", `${label}: ${type}`, place);
      await part.child(`${label}/${name}`, content, { kind: "embedded" });
      break;
    }
  }
  const equation = storage.readPath("Equation Native");
  if (equation !== undefined) judgeEquation(part, equation, label, clsid);
  examineLink(part, storage, label, clsid);
  if (native === undefined) part.sign("embedded-object", `${label}: ${type}`, place);
  return true;
}

/** Native data of an object: a packaged file, or data of the program itself. */
export async function examineNative(part: Part, native: Uint8Array, label: string): Promise<void> {
  const file = readOleNative(native);
  part.features.add("embedded-objects");
  if (file === undefined) {
    const size = u32(native, 0);
    const content = native.subarray(Math.min(4, native.length), 4 + size);
    part.sign("embedded-object", `${label}: native data`, { member: label });
    if (hasLongFont(content)) part.sign("equation-exploit", label, { member: label });
    await part.child(`${label}/native data`, content, { kind: "stream" });
    return;
  }
  await examinePackaged(part, file, label);
}

async function examinePackaged(part: Part, file: PackagedFile, label: string): Promise<void> {
  const { content, sourcePath, temporaryPath, isWhole } = file;
  const name = baseName(file.label) || baseName(sourcePath) || baseName(temporaryPath) || "packaged file";
  part.features.add("packaged-files");
  part.sign("embedded-object", `${label}: packaged file ${name}`, { member: label });
  if (!isWhole) part.note("damaged", `the packaged file ${name} is cut off`, true);
  const report = await part.child(`${label}/${name}`, content, { kind: "embedded" });
  if (report !== undefined) {
    report.details.sourcePath = sourcePath;
    report.details.temporaryPath = temporaryPath;
  }
  const runs =
    runningExtensions.has(extensionOf(name)) ||
    runningExtensions.has(extensionOf(temporaryPath)) ||
    (report !== undefined && runningTypes.has(report.type.id));
  if (runs)
    part.sign("embedded-executable", `${name} (${report?.type.description ?? "not examined"})`, {
      member: label,
    });
}

export function judgeClass(part: Part, clsid: string, detail: string, at: At): void {
  if (clsid === equationClass) part.sign("equation-object", detail, at);
  else if (clsid === linkClass) part.features.add("linked-objects");
  else if (dangerousClasses[clsid] !== undefined && !/Flash|browser/.test(dangerousClasses[clsid]))
    part.sign("dangerous-class", `${detail} (${dangerousClasses[clsid]})`, at);
}

function judgeEquation(part: Part, native: Uint8Array, label: string, clsid: string): void {
  if (clsid !== equationClass) part.sign("equation-object", label, { member: label });
  if (hasLongFont(native)) part.sign("equation-exploit", label, { member: label });
}

/** [MS-OLEDS] 2.3.3: the stream "\x01Ole" of a linked object holds the monikers of what it links to. */
function examineLink(part: Part, storage: Storage, label: string, clsid: string): void {
  const ole = storage.readPath("\u0001Ole");
  const isLinked = ole !== undefined && (u32(ole, 4) & 1) !== 0;
  const target = ole === undefined ? undefined : monikerUrl(ole);
  if (target === undefined || !(isLinked || clsid === linkClass)) return;
  part.features.add("linked-objects");
  part.features.add("external-links");
  observeUrl(part, target);
  judgeExternal(part, "oleObject", target, { member: label });
  if (/^(?:https?|ftp|\\\\)/i.test(target)) part.sign("ole2link", `${label} → ${target}`, { member: label });
}

/** [MS-OLEDS] 2.3.8: a header of 28 bytes, then counted texts: the user's name of the type, and the program's id. */
function objectClass(component: Uint8Array | undefined): string | undefined {
  if (component === undefined) return undefined;
  const size = u32(component, 28);
  if (size === 0 || size > 400) return undefined;
  return cString(component, 32, size).trim() || undefined;
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("\\"), path.lastIndexOf("/")) + 1).trim();
}
