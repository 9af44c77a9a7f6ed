import { fromLatin1 } from "../../bytes.ts";
import { stringsOf } from "../../observables/strings.ts";
import type { Part } from "../../part.ts";
import type { Storage } from "../storage.ts";
import { readVbaProject, type VbaProject } from "./project.ts";
import { stompingHint } from "./stomping.ts";

/** Reads the VBA project under `root` (which holds the storage `VBA`), and each module as a part of its own. */
export async function examineVbaProject(part: Part, root: Storage): Promise<void> {
  const project = readVbaProject(root.sub("VBA"));
  part.features.add("vba-macros");
  const withCode = project.modules.filter(({ source }) => hasCode(source));
  const names = withCode.map(({ name }) => name).join(", ");
  if (withCode.length > 0) part.sign("vba-macros", names);
  for (const name of project.unreadable) {
    part.sign("vba-unreadable", name);
    part.note("vba-unreadable", `the source of the module ${name} cannot be read`, true);
  }
  if (project.modules.length === 0 && project.unreadable.length === 0) {
    part.sign("vba-unreadable", "no module has a source");
    part.note("vba-unreadable", "the VBA project holds no module that can be read", true);
  }
  describeProject(part, root);
  await examineModules(part, project);
  await examineForms(part, root);
}

/** Modules of sheets and documents hold attributes even when nobody wrote a macro. */
function hasCode(source: string): boolean {
  return source.replace(/^(?:Attribute |VERSION |BEGIN|END\b|\s*'|Option ).*$/gim, "").trim() !== "";
}

function describeProject(part: Part, root: Storage): void {
  const text = root.readPath("PROJECT");
  if (text === undefined) return;
  const lines = Buffer.from(text).toString("latin1").split(/\r?\n/);
  const value = (key: string) => lines.find((line) => line.startsWith(`${key}=`))?.slice(key.length + 1);
  part.details.vbaProject = {
    name: value("Name")?.replaceAll('"', ""),
    modules: lines.filter((line) => /^(?:Module|Class|Document|BaseClass)=/.test(line)),
  };
  // [MS-OVBA] 2.3.1.16: the password's field is longer than the empty one of 28 characters.
  if ((value("DPB")?.length ?? 0) > 40) part.features.add("vba-locked");
}

async function examineModules(part: Part, project: VbaProject): Promise<void> {
  part.details.macros = project.modules.map(({ name, source }) => ({
    name,
    lines: source === "" ? 0 : source.split("\n").length,
    hasCode: hasCode(source),
  }));
  for (const module of project.modules) {
    const hint = stompingHint(module, project);
    if (hint !== undefined) part.sign("vba-stomping", hint);
    if (!module.isWhole)
      part.note("vba-damaged", `the source of ${module.name} is damaged and read in part`, true);
    const bytes = new Uint8Array(Buffer.from(module.source, "utf8"));
    await part.child(`VBA/${module.name}`, bytes, {
      kind: "macro",
      typeId: "vba-source",
      source: module.source,
    });
  }
}

/** A form keeps captions and values in its stream "o": texts that a macro may put together ([MS-OFORMS] 2.2). */
async function examineForms(part: Part, root: Storage): Promise<void> {
  const forms = root
    .storages()
    .filter(({ path }) => root.find(`${relative(root, path)}/o`) && root.find(`${relative(root, path)}/f`));
  for (const { name } of forms) {
    part.features.add("vba-forms");
    const content = root.readPath(`${name}/o`) ?? new Uint8Array();
    const texts = stringsOf(content, 3).map(({ text }) => text);
    if (texts.length === 0) continue;
    const source = texts.join("\n");
    await part.child(`${name}/o`, fromLatin1(source), { kind: "stream", typeId: "text", source });
  }
}

function relative(root: Storage, path: string): string {
  return root.path === "" ? path : path.slice(root.path.length + 1);
}
