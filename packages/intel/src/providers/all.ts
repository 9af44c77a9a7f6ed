import type { Document, Provider } from "../provider.ts";
import { abuseipdb } from "./abuseipdb.ts";
import { anyrun } from "./anyrun/anyrun.ts";
import { cape } from "./cape.ts";
import { csvFeed } from "./csv-feed.ts";
import { greynoise } from "./greynoise.ts";
import { hybridAnalysis } from "./hybrid-analysis.ts";
import { internetdb } from "./internetdb.ts";
import { jsonFeed } from "./json-feed.ts";
import { kev } from "./kev.ts";
import { malwarebazaar } from "./malwarebazaar.ts";
import { misp } from "./misp.ts";
import { opencti } from "./opencti.ts";
import { otx } from "./otx.ts";
import { rdap } from "./rdap.ts";
import { spamhausDrop } from "./spamhaus-drop.ts";
import { stix } from "./stix.ts";
import { threatfox } from "./threatfox.ts";
import { torExits } from "./tor-exits.ts";
import { urlhaus } from "./urlhaus.ts";
import { urlscan } from "./urlscan.ts";
import { virustotal } from "./virustotal/virustotal.ts";
import { warningLists } from "./warning-lists.ts";

/** Every source, those with the most particular documents first: the first that recognises a document reads it. */
export const providers: readonly Provider[] = [
  virustotal,
  abuseipdb,
  cape,
  anyrun,
  opencti,
  stix,
  kev,
  warningLists,
  malwarebazaar,
  threatfox,
  urlhaus,
  greynoise,
  otx,
  urlscan,
  hybridAnalysis,
  rdap,
  spamhausDrop,
  torExits,
  internetdb,
  misp,
  csvFeed,
  jsonFeed,
];

export function providerById(id: string): Provider | undefined {
  return providers.find((one) => one.id === id);
}

/** Whose document it is; undefined when nobody knows it. */
export function recogniseDocument(document: Document): Provider | undefined {
  return providers.find((one) => {
    try {
      return one.recognise(document);
    } catch {
      return false;
    }
  });
}
