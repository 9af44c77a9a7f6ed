import type { Finding } from "@firebreak/model/picture";
import { together } from "../../store/together.ts";
import { detectionFindings, type RuleTally } from "../detections.ts";
import type { Scene } from "../scene.ts";
import { weighUsualAdministrator } from "../weigh/usual-administrator.ts";
import { failuresElsewhere } from "./account-elsewhere.ts";
import { behindRelays } from "./behind-relay.ts";
import { foreignTraffic } from "./countries.ts";
import { devicesOut } from "./device-out.ts";
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
 * findings that stand before it; those that read the same are asked beside each other.
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
  const first = await together([
    signInsElsewhere(scene, located, told, single),
    foreignTraffic(scene),
    listedAddresses(scene),
    lookalikeSenders(scene),
  ]);
  larger.push(...first.flat());
  const alone = [...larger, ...single];
  const next = await together([
    sharedPeers(located, alone),
    unusualCountries(scene, tallies),
    volumesOut(located, alone),
    steadyContacts(located, alone),
    devicesOut(scene, alone),
  ]);
  larger.push(...next.flat());
  larger.push(...(await behindRelays(scene, [...alone, ...larger])));
  larger.push(...(await waysIn(located, await weighUsualAdministrator(scene, [...alone, ...larger]))));
  larger.push(...(await leaseHolders(scene, [...alone, ...larger])));
  larger.push(...(await sourceTrails(scene, [...alone, ...larger])));
  return larger;
}

async function signInsElsewhere(
  scene: Scene,
  located: Scene,
  told: readonly Finding[],
  single: readonly Finding[],
): Promise<Finding[]> {
  const failures = await failuresElsewhere(scene, told);
  return [...failures, ...(await onwardSignIns(located, [...told, ...failures, ...single]))];
}
