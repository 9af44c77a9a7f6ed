import { isJsonObject, type JsonObject, type JsonValue } from "../../json/parse.ts";
import { integerOf } from "../../text/numbers.ts";
import { windowsInteger } from "../text.ts";
import type { JsonEvent } from "./json-event.ts";
import { attributeText, child, dataPairs, elementText, firstText, scalarText } from "./json-values.ts";
import { levelWord } from "./words.ts";

/** `{"Event":{"System":…,"EventData":…}}` of XML converters, with or without the Event around it. */
export function treeEvent(object: JsonObject): JsonEvent | undefined {
  const event = child(object, "Event") ?? object;
  const system = child(event, "System");
  if (system === undefined) return undefined;
  const eventId = windowsInteger(elementText(system.EventID) ?? "", 0xffff_ffff);
  if (eventId === undefined) return undefined;
  const whole = (name: string) => windowsInteger(elementText(system[name]) ?? "");
  const created = system.TimeCreated;
  const { data, unnamed } = eventData(event);
  return {
    event: {
      system: {
        eventId: eventId & 0xffff,
        provider: attributeText(system.Provider, "Name") ?? attributeText(object.System, "Provider_Name"),
        providerGuid: attributeText(system.Provider, "Guid"),
        channel: elementText(system.Channel),
        computer: elementText(system.Computer),
        recordId: integerOf(elementText(system.EventRecordID) ?? ""),
        version: whole("Version"),
        level: whole("Level"),
        task: whole("Task"),
        opcode: whole("Opcode"),
        keywords: elementText(system.Keywords),
        processId: windowsInteger(attributeText(system.Execution, "ProcessID") ?? ""),
        threadId: windowsInteger(attributeText(system.Execution, "ThreadID") ?? ""),
        userSid: attributeText(system.Security, "UserID"),
        activityId: attributeText(system.Correlation, "ActivityID"),
      },
      message: firstText(event, "Message") ?? firstText(child(event, "RenderingInfo"), "Message"),
      data,
      unnamed,
    },
    time: attributeText(created, "SystemTime") ?? elementText(created),
    isUtc: true,
  };
}

function eventData(event: JsonObject): { data: [string, string][]; unnamed: string[] } {
  const section = child(event, "EventData");
  const unnamed: string[] = [];
  const data = dataPairs(section, new Set(["Data"]));
  for (const item of listOf(section?.Data)) {
    const name = attributeText(item, "Name");
    const text = elementText(item) ?? "";
    if (name !== undefined) data.push([name, text]);
    else if (isJsonObject(item) && Array.isArray(item["#text"])) {
      for (const one of item["#text"]) unnamed.push(scalarText(one) ?? "");
    } else unnamed.push(text);
  }
  for (const root of Object.values(child(event, "UserData") ?? {})) {
    if (isJsonObject(root)) data.push(...dataPairs(root));
  }
  return { data, unnamed };
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Winlogbeat and Elastic Agent: everything of Windows below `winlog`, nested or with dotted names. */
export function beatEvent(object: JsonObject): JsonEvent | undefined {
  const winlog = child(object, "winlog") ?? dotted(object, "winlog.");
  const eventId = windowsInteger(
    firstText(winlog, "event_id") ??
      firstText(child(object, "event"), "code") ??
      firstText(object, "event.code") ??
      "",
    0xffff_ffff,
  );
  if (winlog === undefined || eventId === undefined) return undefined;
  const process = child(winlog, "process");
  const user = child(winlog, "user");
  const keywords = winlog.keywords;
  const level = firstText(child(object, "log"), "level") ?? firstText(object, "log.level");
  return {
    event: {
      system: {
        eventId: eventId & 0xffff,
        provider: firstText(winlog, "provider_name") ?? firstText(child(object, "event"), "provider"),
        providerGuid: firstText(winlog, "provider_guid"),
        channel: firstText(winlog, "channel"),
        computer: firstText(winlog, "computer_name") ?? firstText(child(object, "host"), "name"),
        recordId: integerOf(firstText(winlog, "record_id") ?? ""),
        version: windowsInteger(firstText(winlog, "version") ?? ""),
        levelName: level === undefined ? undefined : levelWord(level),
        task: firstText(winlog, "task"),
        opcode: firstText(winlog, "opcode"),
        keywords: Array.isArray(keywords)
          ? keywords.map((one) => scalarText(one) ?? "").join(",")
          : scalarText(keywords),
        processId: windowsInteger(firstText(process, "pid") ?? ""),
        threadId: windowsInteger(firstText(child(process, "thread"), "id") ?? ""),
        userSid: firstText(user, "identifier"),
        activityId: firstText(winlog, "activity_id"),
      },
      message: firstText(object, "message"),
      data: [
        ...dataPairs(child(winlog, "event_data") ?? dotted(winlog, "event_data.")),
        ...dataPairs(child(winlog, "user_data") ?? dotted(winlog, "user_data.")),
      ],
    },
    time: firstText(object, "@timestamp"),
    isUtc: true,
  };
}

/** The keys below a prefix of an object with dotted names. */
function dotted(object: JsonObject, prefix: string): JsonObject | undefined {
  let found: JsonObject | undefined;
  for (const name in object) {
    if (!name.startsWith(prefix)) continue;
    found ??= {};
    // Scalars only: a key named "__proto__" then sets nothing.
    if (typeof object[name] !== "object") found[name.slice(prefix.length)] = object[name];
  }
  return found;
}
