import type { Fields } from "@firebreak/model/event";
import { fieldBelow } from "./field-name.ts";

const mailAddress = /^[^\s@]{1,64}@[^\s@.]{1,63}\.[^\s@]{1,190}$/;

/** "DOMAIN\\name" as `<prefix>.domain` and `.name`, "name@domain" as `.name` and `.email`, anything else as `.name`. */
export function setAccount(fields: Fields, recorded: string, prefix = "user"): void {
  if (recorded === "") return;
  const slash = recorded.indexOf("\\");
  if (slash > 0 && slash < recorded.length - 1 && !recorded.includes(" (")) {
    fields[fieldBelow(prefix, "domain")] = recorded.slice(0, slash);
    fields[fieldBelow(prefix, "name")] = recorded.slice(slash + 1).replace(/^\\/, "");
    return;
  }
  fields[fieldBelow(prefix, "name")] = recorded;
  if (mailAddress.test(recorded)) fields[fieldBelow(prefix, "email")] = recorded;
}

/** The user who is behind a connection: the event's user, and the user of its source. */
export function setSourceAccount(fields: Fields, recorded: string): void {
  setAccount(fields, recorded);
  setAccount(fields, recorded, "source.user");
}
