import { cString, hasAt, indexOf, latin1, slice, u32 } from "../bytes.ts";
import { observeText, observeUrl } from "../observables/collect.ts";
import type { Part } from "../part.ts";
import { expandQuotes, judgeField } from "./dde.ts";
import { judgeExternal } from "./links.ts";
import { dangerousClasses } from "./objects/classes.ts";
import { hasLongFont } from "./objects/equation.ts";
import { examineNative } from "./objects/examine.ts";
import { type RtfFacts, readRtf } from "./rtf-reader.ts";

const objectsMax = 500;

export async function examineRtf(part: Part): Promise<void> {
  const facts = readRtf(latin1(part.bytes), () => part.run.budget.check());
  for (const oddity of facts.oddities) part.sign("rtf-obfuscation", oddity);
  if (facts.depth > 200) part.sign("rtf-obfuscation", `groups nested ${facts.depth} deep`);
  const update = facts.words.get("objupdate");
  if (update !== undefined) part.sign("rtf-object-update", "\\objupdate", { offset: update });
  if (facts.words.has("objautlink"))
    part.sign("rtf-object-update", "\\objautlink", { offset: facts.words.get("objautlink")! });
  observeText(part, facts.text);
  for (const { destination, content, at } of facts.pieces) {
    if (destination === "fldinst") judgeRtfField(part, content, at);
    else if (destination === "template") {
      observeUrl(part, content.trim());
      judgeExternal(part, "attachedTemplate", content.trim(), { offset: at });
    }
  }
  await examineObjects(part, facts);
  if (!/\}[\s\0]*$/.test(latin1(part.bytes, Math.max(0, part.bytes.length - 4096))))
    part.note("damaged", "the last group is not closed: the file may be cut off", true);
}

function judgeRtfField(part: Part, content: string, at: number): void {
  const text = content.replace(/\s+/g, " ").trim();
  const link = /^HYPERLINK\s+(?:\\l\s+)?"([^"]{1,2000})"/i.exec(text)?.[1];
  if (link !== undefined) {
    part.features.add("hyperlinks");
    observeUrl(part, link);
    judgeExternal(part, "hyperlink", link, { offset: at });
  } else judgeField(part, expandQuotes(text), { offset: at });
}

async function examineObjects(part: Part, { pieces }: RtfFacts): Promise<void> {
  const data = pieces.filter(({ destination }) => destination === "objdata");
  for (const [i, { content, at }] of data.entries()) {
    if (i >= objectsMax) {
      part.note("objects-limit", `more than ${objectsMax} objects; the rest is not examined`, true);
      return;
    }
    const digits = content.replace(/[^0-9a-fA-F]/g, "");
    await examineObject(
      part,
      new Uint8Array(Buffer.from(digits.slice(0, digits.length & ~1), "hex")),
      `object ${i + 1}`,
      at,
    );
  }
}

/** [MS-OLEDS] 2.2.5: version, kind (1 linked, 2 embedded), class, topic, item, size, data. */
async function examineObject(part: Part, bytes: Uint8Array, label: string, offset: number): Promise<void> {
  part.features.add("embedded-objects");
  let at = 8;
  const text = () => {
    const size = u32(bytes, at);
    const value = size > 0 && size < 1024 ? cString(bytes, at + 4, size) : "";
    at += 4 + (size < 1024 ? size : 0);
    return value;
  };
  const kind = u32(bytes, 4);
  const [name, topic] = [text(), text()];
  text();
  part.sign("embedded-object", `${label}: ${name || "unknown class"}`, { offset });
  judgeClassName(part, name, label, offset);
  if (kind === 1 || /^(?:https?|ftp|file|\\\\)/i.test(topic)) {
    part.features.add("linked-objects");
    judgeExternal(part, "oleObject", topic, { offset });
  }
  const native = slice(bytes, at + 4, at + 4 + u32(bytes, at));
  const storage = indexOf(bytes, Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1));
  if (storage >= 0) {
    const report = await part.child(label, slice(bytes, storage, bytes.length), { kind: "embedded" });
    if (report?.features.includes("packaged-files")) part.features.add("packaged-files");
  } else if (native.length > 0) {
    if (hasAt(native, [2, 0]) || /package/i.test(name)) await examineNative(part, native, label);
    else {
      if (/equation/i.test(name) && hasLongFont(native)) part.sign("equation-exploit", label, { offset });
      await part.child(label, native, { kind: "stream" });
    }
  } else if (bytes.length < 16)
    part.note("damaged", `${label} holds no data that can be read`, true, { offset });
}

function judgeClassName(part: Part, name: string, label: string, offset: number): void {
  if (/^Equation\.[23]/i.test(name)) part.sign("equation-object", `${label}: ${name}`, { offset });
  else if (/^OLE2Link/i.test(name)) part.sign("ole2link", label, { offset });
  else if (
    /^(?:htmlfile|script(?:let)?file|wordhtml|soap)/i.test(name) ||
    dangerousClasses[name.toLowerCase()] !== undefined
  )
    part.sign("dangerous-class", `${label}: ${name}`, { offset });
}
