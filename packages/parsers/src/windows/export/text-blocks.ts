import { looksLikeEventXml } from "../event-xml.ts";
import { readDateParts } from "./local-time.ts";
import { isEnglishKey, readKeyLine, type TextKey } from "./text-keys.ts";

const maxMessageChars = 1 << 20;
const maxKeys = 64;

/** One event of a text export: its header lines, then its message. */
export class TextBlock {
  readonly offset: number;
  readonly line: number;
  length = 0;
  message = "";
  xml = "";
  isEnglish: boolean | undefined;
  readonly values = new Map<TextKey, string>();
  #part: "head" | "message" | "xml" = "head";
  #indent = 0;

  constructor(offset: number, line: number) {
    this.offset = offset;
    this.line = line;
  }

  /** The line "Event Xml:" came last: the event's XML follows. */
  get awaitsXml(): boolean {
    return this.#part === "xml" && this.xml === "";
  }

  /** Nothing but the XML of one event, complete: what follows is another event. */
  get isWholeXml(): boolean {
    return this.values.size === 0 && this.xml.trimEnd().endsWith("</Event>");
  }

  get isInMessage(): boolean {
    return this.#part !== "head";
  }

  add(text: string): void {
    if (this.#part === "xml" || looksLikeEventXml(text)) {
      this.#part = "xml";
      if (this.xml.length < maxMessageChars) this.xml += `${text}\n`;
      return;
    }
    if (/^(?:Event Xml|Ereignis-XML|XML de l.événement|XML de evento):\s*$/.test(text)) {
      this.#part = "xml";
      return;
    }
    if (this.#part === "message" && !this.#isHeadAgain(text)) {
      if (this.message.length < maxMessageChars) this.message += `\n${text.slice(this.#messageIndent(text))}`;
      return;
    }
    this.#addHead(text);
  }

  /** PowerShell's lists go on with further keys behind the message; their lines are not indented. */
  #isHeadAgain(text: string): boolean {
    return this.#indent > 8 && /^[A-Za-z]{1,30} {1,30}: /.test(text);
  }

  #messageIndent(text: string): number {
    if (this.#indent <= 8) return 0;
    let at = 0;
    while (at < this.#indent && text.charCodeAt(at) === 32) at++;
    return at;
  }

  #addHead(text: string): void {
    const line = readKeyLine(text);
    if (line === undefined) {
      if (/^Event ?\[\d+\]:?\s*$/.test(text) || text.trim() === "") return;
      // Splunk's dumps begin with the local time alone.
      if (!this.values.has("time") && readDateParts(text.trim()) !== undefined)
        this.values.set("time", text.trim());
      else {
        this.#part = "message";
        this.message = text;
      }
      return;
    }
    if (line.key === "message") {
      this.#part = "message";
      this.message = line.value;
      this.#indent = / : /.test(text.slice(0, line.valueAt)) ? line.valueAt : 0;
      return;
    }
    this.#part = "head";
    this.isEnglish ??= isEnglishKey(line.name);
    if (this.values.size < maxKeys && line.value !== "" && !this.values.has(line.key))
      this.values.set(line.key, line.value);
  }

  /** The recorded local time: one line, or the date and the time of the oldest layout. */
  get time(): string | undefined {
    const date = this.values.get("time");
    const timeOfDay = this.values.get("timeOfDay");
    if (date === undefined) return timeOfDay;
    return timeOfDay === undefined || /\d{1,2}[:.]\d{2}/.test(date) ? date : `${date} ${timeOfDay}`;
  }
}

/** Decides where a new event begins: by the key that began the first, or by a line that only begins events. */
export class BlockStart {
  #first: string | undefined;

  begins(text: string, block: TextBlock | undefined): boolean {
    if (/^Event ?\[\d+\]:?\s*$/.test(text)) return true;
    if (looksLikeEventXml(text)) return block?.awaitsXml !== true;
    if (block === undefined || block.isWholeXml) {
      if (text.trim() === "") return false;
      if (this.#first === undefined) this.#learn(text);
      return true;
    }
    if (this.#first === "date-line") return isDateLine(text);
    const line = readKeyLine(text);
    if (line === undefined || line.name !== this.#first) return false;
    // Within a message only an unmistakable key counts.
    return !block.isInMessage || !/^\s/.test(text);
  }

  #learn(text: string): void {
    const line = readKeyLine(text);
    if (line !== undefined) this.#first = line.name;
    else if (isDateLine(text)) this.#first = "date-line";
  }
}

function isDateLine(text: string): boolean {
  return text.length < 40 && readDateParts(text.trim()) !== undefined;
}
