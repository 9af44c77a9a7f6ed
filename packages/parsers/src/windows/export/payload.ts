/** Data of an event as EvtxECmd writes them: JSON of the XML, in one cell. */
export interface PayloadData {
  readonly data: readonly (readonly [string, string])[];
  readonly unnamed: readonly string[];
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** `{"EventData":{"Data":[{"@Name":"LogonType","#text":"3"}]}}` or `{"UserData":{"Root":{"Param1":"x"}}}`. */
export function payloadData(text: string): PayloadData | undefined {
  if (text.length > 1 << 20) return undefined;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  const data: [string, string][] = [];
  const unnamed: string[] = [];
  const root = objectOf(value);
  const eventData = objectOf(root?.EventData);
  for (const item of listOf(eventData?.Data)) {
    const one = objectOf(item);
    const name = one === undefined ? undefined : textOf(one["@Name"]);
    const content = one === undefined ? textOf(item) : (textOf(one["#text"]) ?? "");
    if (content === undefined) continue;
    if (name === undefined || name === "") unnamed.push(content);
    else data.push([name, content]);
  }
  const userRoot = Object.values(objectOf(root?.UserData) ?? {})
    .map(objectOf)
    .find((one) => one !== undefined);
  for (const [name, content] of Object.entries(userRoot ?? {})) {
    const plain = textOf(content);
    if (plain !== undefined && !name.startsWith("@")) data.push([name, plain]);
  }
  return { data, unnamed };
}

function objectOf(value: Json | undefined): { readonly [name: string]: Json } | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as { readonly [name: string]: Json })
    : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

function textOf(value: Json | undefined): string | undefined {
  return value === undefined || value === null || typeof value === "object" ? undefined : String(value);
}
