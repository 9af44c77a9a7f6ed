import type { Finding } from "@firebreak/model/picture";
import { detectionFindings, type RuleTally } from "../detections.ts";
import type { Scene } from "../scene.ts";
import { weighUsualAdministrator } from "../weigh/usual-administrator.ts";
import { failuresElsewhere } from "./account-elsewhere.ts";
import { behindRelays } from "./behind-relay.ts";
import { foreignTraffic } from "./countries.ts";
import { listedAddresses } from "./indicator-lists.ts";
import { leaseHolders } from "./leases.ts";
import { lookalikeSenders } from "./lookalike.ts";
import { onwardSignIns } from "./onward.ts";
import { sharedPeers } from "./shared-peers.ts";
import { sourceTrails } from "./source-trail.ts";
import { steadyContacts } from "./steady-contact.ts";
import { unusualCountries } from "./unusual-country.ts";
import { volumesOut } from "./volume-out.ts";
import { waysIn } from "./way-in.ts";

/**
 * Adds every red flag to the findings of chains, correlations and the alert. The order matters: each flag reads the
 * findings that stand before it.
 *
 * @param located the scene with the addresses that machines were seen with
 */
export async function withRedFlags(
  scene: Scene,
  located: Scene,
  told: readonly Finding[],
  tallies: readonly RuleTally[],
): Promise<Finding[]> {
  const single = detectionFindings(scene, tallies, new Map());
  const larger = [...told];
  larger.push(...(await failuresElsewhere(scene, larger)));
  larger.push(...(await onwardSignIns(located, [...larger, ...single])));
  larger.push(...(await foreignTraffic(scene)));
  larger.push(...(await listedAddresses(scene)));
  larger.push(...(await lookalikeSenders(scene)));
  const alone = [...larger, ...single];
  larger.push(...(await sharedPeers(located, alone)));
  larger.push(...(await unusualCountries(scene, tallies)));
  larger.push(...(await volumesOut(located, alone)));
  larger.push(...(await steadyContacts(located, alone)));
  larger.push(...(await behindRelays(scene, [...alone, ...larger])));
  larger.push(...(await waysIn(located, await weighUsualAdministrator(scene, [...alone, ...larger]))));
  larger.push(...(await leaseHolders(scene, [...alone, ...larger])));
  larger.push(...(await sourceTrails(scene, [...alone, ...larger])));
  return larger;
}
