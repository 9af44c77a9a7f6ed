import { describe, expect, it } from "vitest";
import { readHeader } from "./columns.ts";
import { isCellOpen } from "./csv-rows.ts";
import { civilOf, readDateParts } from "./local-time.ts";
import { provenZone, TimeEvidence } from "./time-evidence.ts";

describe("readDateParts", () => {
  it.each([
    ["9/20/2023 10:32:17 AM", "month-first", [2023, 9, 20, 10, 32, 17]],
    ["9/20/2023 12:01:15 AM", "month-first", [2023, 9, 20, 0, 1, 15]],
    ["9/20/2023 12:01:15 PM", "month-first", [2023, 9, 20, 12, 1, 15]],
    ["20.09.2023 10:32:17", "day-first", [2023, 9, 20, 10, 32, 17]],
    ["20/09/2023 10:32", "day-first", [2023, 9, 20, 10, 32, 0]],
    ["2023/09/20 10:32:17", "year-first", [2023, 9, 20, 10, 32, 17]],
    ["2023/9/20 上午 10:32:17", "year-first", [2023, 9, 20, 10, 32, 17]],
    ["2023-09-20 오후 2:32:17", "year-first", [2023, 9, 20, 14, 32, 17]],
    ["\u200e20.\u200e09.\u200e2023\u202f10:32:17", "day-first", [2023, 9, 20, 10, 32, 17]],
    ["2023-09-20T10:32:17.250", "year-first", [2023, 9, 20, 10, 32, 17]],
    ["2023. 09. 20. 10:32:17", "year-first", [2023, 9, 20, 10, 32, 17]],
  ] as const)("%s", (text, order, [year, month, day, hour, minute, second]) => {
    expect(civilOf(readDateParts(text)!, order)).toMatchObject({ year, month, day, hour, minute, second });
  });
  it.each(["", "yesterday", "9/20/2023", "10:32:17", "1/2/3/4 10:00", "x".repeat(500)])(
    "refuses %j",
    (text) => {
      expect(readDateParts(text)).toBeUndefined();
    },
  );
});

function settle(times: readonly string[], isEnglish = true, message?: string) {
  const evidence = new TimeEvidence();
  for (const time of times) evidence.add(time, message);
  return evidence.settle(isEnglish);
}

describe("TimeEvidence", () => {
  it.each([
    ["a day above 12 in second place", ["5/4/2024 1:00:00 AM", "5/14/2024 1:00:00 AM"], "month-first"],
    ["a day above 12 in first place", ["04/05/2024 01:00:00", "14/05/2024 01:00:00"], "day-first"],
    ["dots", ["04.05.2024 01:00:00"], "day-first"],
    ["the 12-hour clock", ["5/4/2024 1:00:00 AM"], "month-first"],
    ["sorted records", ["01/02/2024 01:00:00", "02/01/2024 01:00:00", "03/01/2024 01:00:00"], "month-first"],
    ["the year first", ["2024-05-04 01:00:00"], "year-first"],
    ["nothing", ["04/05/2024 01:00:00"], "day-first"],
  ] as [string, string[], string][])("%s", (_, times, order) => {
    expect(settle(times).order).toBe(order);
  });

  it("says when the order is a guess", () => {
    expect(settle(["04/05/2024 01:00:00"]).isOrderGuessed).toBe(true);
    expect(settle(["04/05/2024 01:00:00"], false).isOrderGuessed).toBe(false);
  });

  it("proves order and zone from a UTC time in a message", () => {
    const reading = settle(
      ["04/05/2024 10:40:11"],
      true,
      "Process Create:\nUtcTime: 2024-05-04 14:40:11.102",
    );
    expect(reading).toMatchObject({ order: "day-first", isOrderGuessed: false, zones: ["-04:00"] });
    expect(reading.zoneAt(Date.UTC(2024, 4, 4))).toEqual({ zone: "-04:00", source: "inferred" });
  });

  it("does not take a late message for a proof", () => {
    expect(settle(["04/05/2024 10:47:11"], true, "UtcTime: 2024-05-04 14:40:11.102").zones).toEqual([]);
  });
});

it.each([
  ["2024-05-14 02:10:25", "2024-05-14T06:10:25.101Z", "-04:00"],
  ["2024-05-14 11:55:25", "2024-05-14T06:10:25Z", "+05:45"],
  ["2024-05-14 02:17:25", "2024-05-14T06:10:25Z", undefined],
  ["2024-05-14T02:10:25Z", "2024-05-14T06:10:25Z", undefined],
  ["x", "y", undefined],
])("provenZone %s %s", (local, utc, zone) => {
  expect(provenZone(local, utc)?.zone).toBe(zone);
});

describe("readHeader", () => {
  it.each([
    ["English", "Level,Date and Time,Source,Event ID,Task Category"],
    ["English security log", "Keywords,Date and Time,Source,Event ID,Task Category"],
    ["German", "Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie"],
    ["French", "Niveau,Date et heure,Source,ID de l’événement,Catégorie de la tâche"],
    ["Spanish", "Nivel,Fecha y hora,Origen,Id. del evento,Categoría de la tarea"],
    ["Italian", "Livello,Data e ora,Origine,ID evento,Categoria attività"],
    ["Portuguese", "Nível,Data e Hora,Fonte,ID do Evento,Categoria da Tarefa"],
    ["Dutch", "Niveau,Datum en tijd,Bron,Gebeurtenis-id,Taakcategorie"],
    ["Polish", "Poziom,Data i godzina,Źródło,Identyfikator zdarzenia,Kategoria zadania"],
    ["Russian", "Уровень,Дата и время,Источник,Код события,Категория задачи"],
    ["Turkish", "Düzey,Tarih ve Saat,Kaynak,Olay Kimliği,Görev Kategorisi"],
    ["Japanese", "レベル,日付と時刻,ソース,イベント ID,タスクのカテゴリ"],
    ["Chinese", "级别,日期和时间,来源,事件 ID,任务类别"],
    ["Korean", "수준,날짜 및 시간,원본,이벤트 ID,작업 범주"],
  ])("%s", (_, line) => {
    const header = readHeader(line.split(","))!;
    expect(header.isEventViewer).toBe(true);
    expect(header.columns.slice(1)).toEqual(["time", "provider", "eventId", "task", "message"]);
  });
  it.each([
    [
      "Get-WinEvent",
      "Message,Id,Version,Level,ProviderName,LogName,MachineName,TimeCreated,LevelDisplayName",
      true,
    ],
    ["Get-EventLog", "EventID,MachineName,EntryType,Message,Source,TimeGenerated,UserName", true],
    [
      "EvtxECmd",
      "RecordNumber,EventRecordId,TimeCreated,EventId,Level,Provider,Channel,Computer,PayloadData1,Payload",
      true,
    ],
    ["no provider", "TimeCreated,EventID,Computer,Message", true],
    [
      "an event id of another product",
      "Event Type,Event Name,Request ID,User ID,Alert,Event ID,Event DateTime",
      false,
    ],
    ["an id and a date of anybody", "id,date,name,amount", false],
    ["a web log", "date,time,source,id", false],
    ["nothing", "", false],
  ])("%s", (_, line, isHeader) => {
    expect(readHeader(line.split(",")) !== undefined).toBe(isHeader);
  });
});

it.each([
  ["plain", "a,b", false, false],
  ["closed", 'a,"b"', false, false],
  ["open", 'a,"b', false, true],
  ["doubled quote", 'a,"b""', false, true],
  ["a quote inside a bare cell", 'a,b"c', false, false],
  ["closing", 'x",b', true, false],
  ["closing and opening", 'x","b', true, true],
  ["still open", "x,y", true, true],
])("isCellOpen: %s", (_, line, wasOpen, isOpen) => {
  expect(isCellOpen(line, wasOpen, ",")).toBe(isOpen);
});
