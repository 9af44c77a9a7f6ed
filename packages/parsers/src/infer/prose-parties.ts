import { portOf } from "../ecs/address-port.ts";

export interface Party {
  readonly ip: string;
  readonly port?: number;
}

export interface Parties {
  readonly source?: Party;
  readonly destination?: Party;
}

/** The word before an address, with what may stand between: "from host (", "src=", "remote address: ". */
const wordBefore =
  /\b([a-z]{2,12})[\s_-]?(?:(?:ip|address|addr|host|client|user|peer|ip address)\b)?[\s:=('"[<]{0,4}(?:::ffff:)?$/i;
const sources = new Set(
  "from client peer remote rhost src source attacker visitor origin caller requester".split(" "),
);
const destinations = new Set("to dst dest destination server target towards into local toward".split(" "));
/** ":4022", " port 4022", "#4022", "/4022" – behind a bracket or quote that closes. */
const portBehind = /^[\])'">]{0,2}(?::|#|\/|,? ?port[ =:]{1,2})(\d{1,5})(?![\d.])/;
const reach = 40;

/**
 * Who of the addresses in a sentence came and who was reached, by the word before each. An address with no such word is the source
 * of a sign-in when it is the only one; else it is nobody's side.
 *
 * @param addresses as `findAddresses` gives them
 */
export function findParties(text: string, addresses: readonly string[], isSignIn: boolean): Parties {
  let source: Party | undefined;
  let destination: Party | undefined;
  for (const ip of addresses) {
    const at = placeOf(text, ip);
    if (at < 0) continue;
    const word = wordBefore.exec(text.slice(Math.max(0, at - reach), at))?.[1]?.toLowerCase();
    if (word === undefined) continue;
    if (source === undefined && sources.has(word)) source = partyAt(text, at, ip);
    else if (destination === undefined && destinations.has(word)) destination = partyAt(text, at, ip);
  }
  if (source === undefined && destination === undefined && isSignIn && addresses.length === 1) {
    const at = placeOf(text, addresses[0]!);
    if (at >= 0) source = partyAt(text, at, addresses[0]!);
  }
  return { ...(source && { source }), ...(destination && { destination }) };
}

/** Where an address stands as a whole: "10.0.0.1" is no part of "10.0.0.12". */
function placeOf(text: string, ip: string): number {
  const inAddress = /[\w.]/;
  for (let at = text.indexOf(ip); at >= 0; at = text.indexOf(ip, at + 1)) {
    const after = text.charAt(at + ip.length);
    const goesOn = /\w/.test(after) || (after === "." && /\d/.test(text.charAt(at + ip.length + 1)));
    if (!goesOn && !inAddress.test(text.charAt(at - 1))) return at;
  }
  return -1;
}

function partyAt(text: string, at: number, ip: string): Party {
  const port = portOf(portBehind.exec(text.slice(at + ip.length, at + ip.length + 16))?.[1] ?? "");
  return port === undefined ? { ip } : { ip, port };
}
