/** OpenDocument packages ([ODF] 1.3): Basic macros, what starts them, links to elsewhere, encryption. */
import { zipMembers } from "../archive/zip.ts";
import { decodeText } from "../identify/text.ts";
import { observeText, observeUrl } from "../observables/collect.ts";
import type { Part } from "../part.ts";
import { decodeEntities, tagsOf, textOf } from "../xml.ts";
import { isRemote, judgeExternal } from "./links.ts";

export async function examineOpenDocument(part: Part): Promise<void> {
  for await (const { name, bytes } of zipMembers(part)) {
    part.run.budget.check();
    if (/^Basic\/.+\.xml$/i.test(name) && !/\/script-l[bc]\.xml$/i.test(name))
      await examineModule(part, name, decodeText(bytes));
    else if (/^META-INF\/manifest\.xml$/i.test(name)) examineManifest(part, decodeText(bytes));
    else if (/\.(?:xml|rdf)$/i.test(name)) examineContent(part, name, bytes);
    else await examineMember(part, name, bytes);
  }
}

async function examineModule(part: Part, name: string, xml: string): Promise<void> {
  part.features.add("basic-macros");
  part.sign("basic-macros", name, { member: name });
  const source = decodeEntities(xml.replace(/<[^<>]*>/g, ""));
  await part.child(name, new Uint8Array(Buffer.from(source)), {
    kind: "macro",
    typeId: "vba-source",
    source,
  });
}

function examineManifest(part: Part, xml: string): void {
  if (!/<[\w:]*encryption-data\b/.test(xml)) return;
  part.features.add("encrypted");
  part.sign("encrypted", "OpenDocument");
  part.note("encrypted", "the content is encrypted and not opened", true);
}

function examineContent(part: Part, member: string, bytes: Uint8Array): void {
  part.run.budget.addBytes(bytes.length);
  const xml = decodeText(bytes);
  for (const { name, attributes, isClosing } of tagsOf(xml)) {
    if (isClosing) continue;
    const target = attributes.href ?? "";
    if (name === "event-listener") {
      if (/load|open|focus|start/i.test(attributes["event-name"] ?? ""))
        part.sign("vba-auto-run", `${attributes["event-name"]}: ${target}`, { member });
    } else if (name === "a") {
      observeUrl(part, target);
      judgeExternal(part, "hyperlink", target, { member });
    } else if (isRemote(target)) {
      observeUrl(part, target);
      judgeExternal(part, name === "image" ? "image" : "oleObject", target, { member });
    } else if (name === "dde-source") {
      part.features.add("dde");
      part.sign("dde", `${attributes["dde-application"]}|${attributes["dde-topic"]}`, { member });
    }
  }
  if (member === "content.xml") observeText(part, textOf(xml));
}

async function examineMember(part: Part, name: string, bytes: Uint8Array): Promise<void> {
  const report = await part.child(name, bytes, { kind: "member" });
  if (report?.type.id.endsWith("-ole") || report?.type.id === "ole-storage") {
    part.features.add("embedded-objects");
    part.sign("embedded-object", `${name}: ${report.type.description}`, { member: name });
  }
}
