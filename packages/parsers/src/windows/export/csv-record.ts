import { integerOf } from "../../text/numbers.ts";
import type { WindowsSystem } from "../record.ts";
import { windowsInteger } from "../text.ts";
import type { Column, Header } from "./columns.ts";
import type { ExportedEvent } from "./exported.ts";
import { payloadData } from "./payload.ts";
import { levelWord } from "./words.ts";

/** One row under its header; undefined when the row has no event id. */
export function csvEvent(header: Header, cells: readonly string[]): ExportedEvent | undefined {
  const value = (column: Column): string | undefined => {
    const at = header.columns.indexOf(column);
    const cell = at < 0 ? undefined : cells[at];
    return cell === undefined || cell.trim() === "" ? undefined : cell.trim();
  };
  const eventId = windowsInteger(value("eventId") ?? "", 0xffff_ffff);
  if (eventId === undefined) return undefined;
  const { data, raw } = otherCells(header, cells);
  const payload = value("payload");
  const fromPayload = payload === undefined ? undefined : payloadData(payload);
  return {
    system: systemOf(eventId & 0xffff, value),
    time: value("time"),
    message: messageOf(header, cells),
    data: fromPayload?.data ?? data,
    ...(fromPayload !== undefined && { unnamed: fromPayload.unnamed }),
    user: value("user") ?? value("userSid"),
    raw,
  };
}

function systemOf(eventId: number, value: (column: Column) => string | undefined): WindowsSystem {
  const keywords = value("keywordsMask") ?? value("keywords") ?? value("entryType");
  const sid = value("userSid");
  const level = value("level");
  const number = windowsInteger(
    value("levelNumber") ?? (level !== undefined && /^\d$/.test(level) ? level : ""),
  );
  return {
    eventId,
    provider: value("provider"),
    providerGuid: value("providerGuid"),
    channel: value("channel"),
    computer: value("computer"),
    recordId: integerOf(value("recordId") ?? ""),
    version: windowsInteger(value("version") ?? ""),
    level: number,
    levelName: number === undefined && level !== undefined ? levelWord(level) : undefined,
    task: value("task") ?? windowsInteger(value("taskNumber") ?? ""),
    opcode: value("opcode") ?? windowsInteger(value("opcodeNumber") ?? ""),
    keywords: value("keywords") ?? keywords,
    processId: windowsInteger(value("processId") ?? ""),
    threadId: windowsInteger(value("threadId") ?? ""),
    userSid: sid?.startsWith("S-1-") ? sid : undefined,
    activityId: value("activityId"),
  };
}

/** Event Viewer leaves the message's column without a name; an unquoted message may have run over several cells. */
function messageOf(header: Header, cells: readonly string[]): string | undefined {
  if (!header.isEventViewer) {
    const at = header.columns.indexOf("message");
    return at < 0 ? undefined : cells[at]?.trim();
  }
  return cells.slice(5).join(",").trim() || undefined;
}

/** Columns without a meaning of ours: names written like event data are event data, all others are kept as recorded. */
function otherCells(header: Header, cells: readonly string[]) {
  const data: [string, string][] = [];
  const raw: [string, string][] = [];
  if (header.isEventViewer) return { data, raw };
  const isEvtxEcmd = header.names.includes("PayloadData1");
  for (let i = 0; i < header.names.length && i < cells.length; i++) {
    const cell = cells[i]!;
    const name = header.names[i]!;
    if (header.columns[i] !== undefined || name === "" || cell.trim() === "") continue;
    const isData =
      !isEvtxEcmd &&
      /^(?:Target|Subject|Ip|Logon|Process|Source|Dest|New|Parent|Command|Image|Share|Service|Status|Workstation)\w*$/.test(
        name,
      );
    (isData ? data : raw).push([name, cell]);
  }
  return { data, raw };
}
