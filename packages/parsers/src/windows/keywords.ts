import type { Outcome } from "./ecs/reading.ts";

const auditSuccess = 0x0020000000000000n;
const auditFailure = 0x0010000000000000n;

/** The words that viewers print for the two audit keywords, in the languages of exports seen. */
const words: readonly (readonly [string, Outcome])[] = [
  ["audit success", "success"],
  ["audit_success", "success"],
  ["success audit", "success"],
  ["audit failure", "failure"],
  ["audit_failure", "failure"],
  ["failure audit", "failure"],
  ["überwachung erfolgreich", "success"],
  ["überwachung gescheitert", "failure"],
  ["succès de l'audit", "success"],
  ["succès de l’audit", "success"],
  ["échec de l'audit", "failure"],
  ["échec de l’audit", "failure"],
  ["auditoría correcta", "success"],
  ["error de auditoría", "failure"],
  ["controllo riuscito", "success"],
  ["controllo non riuscito", "failure"],
  ["êxito da auditoria", "success"],
  ["falha de auditoria", "failure"],
  ["controle geslaagd", "success"],
  ["controle mislukt", "failure"],
  ["sukces inspekcji", "success"],
  ["niepowodzenie inspekcji", "failure"],
  ["аудит успеха", "success"],
  ["аудит отказа", "failure"],
  ["成功の監査", "success"],
  ["失敗の監査", "failure"],
  ["审核成功", "success"],
  ["审核失败", "failure"],
  ["稽核成功", "success"],
  ["稽核失敗", "failure"],
  ["감사 성공", "success"],
  ["감사 실패", "failure"],
];

const seen = new Map<string, Outcome | undefined>();

/** The outcome that audit keywords state: a bit of the 64-bit mask (hexadecimal, or decimal and signed) or a viewer's word. */
export function auditOutcome(keywords: string): Outcome | undefined {
  if (seen.has(keywords)) return seen.get(keywords);
  if (seen.size > 1000) seen.clear();
  const outcome = readKeywords(keywords.slice(0, 256).trim());
  seen.set(keywords, outcome);
  return outcome;
}

function readKeywords(text: string): Outcome | undefined {
  if (/^(?:0[xX][0-9a-fA-F]{1,16}|-?\d{1,20})$/.test(text)) {
    const mask = BigInt.asUintN(64, BigInt(text));
    if ((mask & auditFailure) !== 0n) return "failure";
    return (mask & auditSuccess) !== 0n ? "success" : undefined;
  }
  const lower = text.toLowerCase();
  return words.find(([word]) => lower.includes(word))?.[1];
}
