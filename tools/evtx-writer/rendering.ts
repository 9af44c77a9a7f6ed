import type { Rendering, TypedValue, XmlElement } from "./spec.ts";

/** `<RenderingInfo>` of a forwarded event; its texts become further slots of the event's template. */
export function renderingInfo(rendering: Rendering, values: TypedValue[]): XmlElement {
  const text = (name: string, value: string): XmlElement => {
    values.push({ value });
    return { name, children: [{ slot: values.length - 1, type: "string" }] };
  };
  const { culture, message, level = "", task = "", opcode = "", channel = "", provider = "" } = rendering;
  return {
    name: "RenderingInfo",
    attributes: [["Culture", [culture]]],
    children: [
      text("Message", message),
      text("Level", level),
      text("Task", task),
      text("Opcode", opcode),
      text("Channel", channel),
      text("Provider", provider),
      { name: "Keywords", children: (rendering.keywords ?? []).map((keyword) => text("Keyword", keyword)) },
    ],
  };
}
