import type { EventDraft, Fields } from "@firebreak/model/event";
import type { ParseContext, Reject } from "@firebreak/model/format";
import { integerOf } from "../text/numbers.ts";
import { attribute, scanXml, type XmlVisitor } from "../xml/scan.ts";
import { dataKey, maxData, putData } from "./data.ts";
import { normalise, systemFields, type WindowsSystem } from "./record.ts";
import { utcInstant } from "./utc-time.ts";

/**
 * One rendered Windows event, `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">…</Event>`, as an event
 * draft. Times are UTC by the schema (SystemTime is an xs:dateTime in UTC). Used for exports, syslog payloads and wherever
 * an event travels as XML text.
 * @example parseEventXml("<Event xmlns='…'><System>…</System><EventData>…</EventData></Event>", context, "windows/event-xml")
 */
export function parseEventXml(xml: string, context: ParseContext, dataset: string): EventDraft | Reject {
  const builder = new EventXmlBuilder();
  const problem = scanXml(xml, builder);
  if (problem !== undefined) return { reject: problem };
  return builder.finish(context, dataset);
}

/** True for text that begins like one rendered event (after white space). */
export function looksLikeEventXml(text: string): boolean {
  const start = text.slice(0, 512).trimStart();
  return /^<(?:[A-Za-z0-9]{1,16}:)?Event[\s>]/.test(start);
}

class EventXmlBuilder implements XmlVisitor {
  readonly #system: WindowsSystem = { eventId: -1 };
  readonly #data: [string, string][] = [];
  readonly #unnamed: string[] = [];
  readonly #rendered: Record<string, string> = {};
  readonly #path: string[] = [];
  #time: string | undefined;
  #name: string | undefined;
  #text = "";
  #truncated = false;
  #isLeaf = false;

  open(name: string, attributes: string): void {
    this.#path.push(name);
    this.#text = "";
    this.#isLeaf = true;
    const section = this.#path[1];
    if (section === "System") this.#openSystem(name, attributes);
    else if (section === "EventData") {
      this.#name = attribute(attributes, "Name");
      // Classic templates give the whole section a name.
      if (this.#path.length === 2 && this.#name)
        this.#put("winlog.event_data.", "EventData_Name", this.#name);
    } else if (section === "UserData" && this.#path.length > 2 && attributes !== "")
      this.#userAttributes(attributes);
  }

  text(text: string): void {
    this.#text = this.#text === "" ? text : this.#text + text;
  }

  close(name: string): void {
    const depth = this.#path.length;
    const section = this.#path[1];
    if (depth === 3 && section === "System") this.#closeSystem(name, this.#text.trim());
    else if (depth === 3 && section === "EventData") this.#closeData(name);
    else if (depth >= 3 && section === "UserData" && this.#isLeaf) this.#closeUserData();
    else if (depth === 3 && section === "RenderingInfo") this.#rendered[name] = this.#text;
    this.#path.pop();
    this.#text = "";
    this.#isLeaf = false;
  }

  #openSystem(name: string, attributes: string): void {
    const system = this.#system;
    if (name === "Provider") {
      system.provider = attribute(attributes, "Name") ?? attribute(attributes, "EventSourceName");
      system.providerGuid = attribute(attributes, "Guid");
    } else if (name === "TimeCreated") this.#time = attribute(attributes, "SystemTime");
    else if (name === "Execution") {
      system.processId = wholeNumber(attribute(attributes, "ProcessID"));
      system.threadId = wholeNumber(attribute(attributes, "ThreadID"));
    } else if (name === "Security") system.userSid = attribute(attributes, "UserID") || undefined;
    else if (name === "Correlation") {
      system.activityId = attribute(attributes, "ActivityID");
      system.relatedActivityId = attribute(attributes, "RelatedActivityID");
    }
  }

  #closeSystem(name: string, text: string): void {
    const system = this.#system;
    if (name === "EventID") system.eventId = wholeNumber(text) ?? -1;
    else if (name === "Channel") system.channel = text;
    else if (name === "Computer") system.computer = text;
    else if (name === "EventRecordID") system.recordId = integerOf(text);
    else if (name === "Level") system.level = wholeNumber(text);
    else if (name === "Version") system.version = wholeNumber(text);
    else if (name === "Task") system.task = wholeNumber(text);
    else if (name === "Opcode") system.opcode = wholeNumber(text);
    else if (name === "Keywords") system.keywords = text;
  }

  #closeData(name: string): void {
    if (this.#data.length + this.#unnamed.length >= maxData) this.#truncated = true;
    else if (this.#name !== undefined && this.#name !== "") {
      this.#data.push([dataKey("winlog.event_data.", this.#name), this.#text]);
    } else if (name === "Data") this.#unnamed.push(this.#text);
    else this.#data.push([dataKey("winlog.event_data.", name), this.#text]);
  }

  /** UserData has one root of the provider's own; its leaves are named by their way below that root. */
  #closeUserData(): void {
    const text = this.#text.trim() === "" ? "" : this.#text;
    const isRoot = this.#path.length === 3;
    if (!isRoot || text !== "") this.#put("winlog.user_data.", this.#userName(), text);
  }

  #userName(): string {
    return this.#path.slice(this.#path.length > 3 ? 3 : 2).join(".");
  }

  #userAttributes(attributes: string): void {
    for (const match of attributes.matchAll(/\s([A-Za-z][\w.-]{0,63})\s{0,4}=/g)) {
      const name = match[1]!;
      const value = name === "xmlns" ? undefined : attribute(attributes, name);
      if (value !== undefined && value !== "")
        this.#put("winlog.user_data.", `${this.#userName()}_${name}`, value);
    }
  }

  #put(prefix: "winlog.event_data." | "winlog.user_data.", name: string, value: string): void {
    if (this.#data.length >= maxData) this.#truncated = true;
    else this.#data.push([dataKey(prefix, name), value]);
  }

  finish(context: ParseContext, dataset: string): EventDraft | Reject {
    const system = this.#system;
    if (system.eventId < 0) return { reject: "event without an event id" };
    const fields = systemFields(system);
    for (const [key, value] of this.#data) putData(fields, key, value);
    if (this.#unnamed.length > 0) fields["winlog.event_data.Data"] = this.#unnamed;
    this.#putRendered(fields);
    if (this.#truncated) fields["firebreak.truncated"] = true;
    normalise(fields, system);
    const time = this.#time === undefined ? undefined : utcInstant(context.time, this.#time);
    return time === undefined ? { dataset, fields } : { dataset, time, fields };
  }

  /** RenderingInfo holds what the exporting machine's message files made of the numbers. */
  #putRendered(fields: Fields): void {
    const { Message, Task, Opcode, Level } = this.#rendered;
    if (Message) fields.message = Message;
    if (Task) fields["winlog.task"] = Task;
    if (Opcode) fields["winlog.opcode"] = Opcode;
    if (Level && fields["log.level"] === undefined) fields["log.level"] = Level.toLowerCase();
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,10}$/.test(text)) return undefined;
  return Number(text);
}
