import { describe, expect, it } from "vitest";
import { guessColumn } from "./column.ts";
import { inEnglish, localOutcome, localVerdict } from "./words-local.ts";

describe("words of other languages", () => {
  it.each([
    ["Blockiert", "blocked"],
    ["En cuarentena", "quarantined"],
    ["Mis en quarantaine", "quarantined"],
    ["Zezwolono", "allowed"],
    ["Gelöscht", "deleted"],
    ["blockade", undefined],
    ["", undefined],
  ])("verdict %s", (text, expected) => {
    expect(localVerdict(text)).toBe(expected);
  });

  it.each([
    ["Erfolgreich", "success"],
    ["Échec", "failure"],
    ["Niepowodzenie", "failure"],
    ["vielleicht", undefined],
  ])("outcome %s", (text, expected) => {
    expect(localOutcome(text)).toBe(expected);
  });

  it.each([
    ["anmeldung-fehlgeschlagen", "login-failed"],
    ["zapis-pliku", "created-file"],
    ["proceso-creado", "process-created"],
    ["file-renamed", "file-renamed"],
  ])("phrase %s", (text, expected) => {
    expect(inEnglish(text)).toBe(expected);
  });

  it.each([
    ["Użytkownik", "user.name"],
    ["Befehlszeile", "process.command_line"],
    ["Dirección IP", "source"],
    ["Größe", undefined],
    ["Username", "user.name"],
  ])("column %s", (name, field) => {
    expect(guessColumn(name)[0]?.field).toBe(field);
  });

  it("is surer of the account than of the person", () => {
    expect(guessColumn("Username")[0]!.confidence).toBeGreaterThan(guessColumn("User")[0]!.confidence);
  });
});
