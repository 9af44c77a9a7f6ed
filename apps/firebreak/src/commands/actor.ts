import { userInfo } from "node:os";
import type { Actor } from "@firebreak/engine/desk/record";

/** Who acts on the desk: the name given with --by, else the account of this machine. */
export function actorOf(options: { by?: string }): Actor {
  return { name: options.by ?? accountName(), now: () => new Date().toISOString() };
}

function accountName(): string {
  try {
    return userInfo().username || "analyst";
  } catch {
    // An account without an entry in the user database.
    return "analyst";
  }
}
