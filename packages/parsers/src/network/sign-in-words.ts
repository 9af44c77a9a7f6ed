import type { Fields } from "@firebreak/model/event";
import { macOf } from "../ecs/dictionary.ts";

const signIn =
  /\bauthenticat(?:ion|ed)\b|\blogged (?:in|out)\b|\blog-?in (?:failed|denied|success)|\bAuthorization (?:failed|succeeded)/i;
const failed = /\bfail(?:ed|ure)?\b|\bdenied\b|\breject(?:ed)?\b|\binvalid\b|unsuccessful/i;
const done = /\bsucce(?:ss|eded)|successful|logged in|authenticated user/i;
const names: readonly RegExp[] = [
  /\b(?:admin )?user ['"]?([^\s'",:()[\]]{1,64})['"]? (?:from|logged|authenticated|on|via)\b/i,
  /\bfor (?:admin )?user ['"]?([^\s'",:()[\]]{1,64})/i,
  /\buser ['"]([^'"]{1,64})['"]/i,
];
const station = /\bclient \(?((?:[0-9a-f]{4}\.){2}[0-9a-f]{4}|(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2})\b/i;

/** Sign-ins and stations of messages without a rule: their words are much the same in all the systems that write so. */
export function readSignIn(text: string, fields: Fields): void {
  const known = text.slice(0, 1000);
  const client = station.exec(known);
  const mac = client ? macOf(client[1]!) : undefined;
  if (mac !== undefined) fields["source.mac"] ??= mac;
  if (!signIn.test(known)) return;
  fields["event.category"] = ["authentication"];
  const isOut = /logged out/i.test(known);
  if (failed.test(known)) fields["event.outcome"] = "failure";
  else if (!isOut && done.test(known)) fields["event.outcome"] = "success";
  fields["event.type"] = [isOut ? "end" : fields["event.outcome"] === "success" ? "start" : "info"];
  for (const pattern of names) {
    const found = pattern.exec(known);
    if (!found) continue;
    fields["user.name"] ??= found[1]!;
    break;
  }
}
