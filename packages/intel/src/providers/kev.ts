import { feedOf } from "../feed.ts";
import { isRecord, recordsAt, textAt, timeAt } from "../loose.ts";
import { readTyped } from "../observable.ts";
import { type Document, type Provider, type ReadDocument, unreadable, wrongShape } from "../provider.ts";
import { type Reading, reading } from "../reading.ts";

/** CISA's catalogue of known exploited vulnerabilities, as a saved file (https://www.cisa.gov/known-exploited-vulnerabilities-catalog). */
export const kev = {
  id: "kev",
  title: "CISA KEV",
  kind: "document",
  types: ["vulnerability"],
  quota: [],
  recognise: ({ json }) =>
    isRecord(json) && recordsAt(json, "vulnerabilities").some((one) => Object.hasOwn(one, "cveID")),
  read,
} satisfies Provider;

function read({ json }: Document): ReadDocument {
  const rows = recordsAt(json, "vulnerabilities");
  const released = timeAt(json, "dateReleased");
  const readings = rows.flatMap((row): Reading[] => {
    const about = readTyped("vulnerability", textAt(row, "cveID"));
    if (about === undefined) return [];
    const added = timeAt(row, "dateAdded");
    const ransom = /^known$/i.test(textAt(row, "knownRansomwareCampaignUse") ?? "");
    const product = [textAt(row, "vendorProject"), textAt(row, "product")].filter(Boolean).join(" ");
    const due = textAt(row, "dueDate");
    return [
      reading(
        about,
        `known to be exploited (${product || "product not named"})${ransom ? ", also by ransomware" : ""}`,
        {
          opinion: "malicious",
          weight: 80,
          labels: ransom ? ["ransomware"] : [],
          notes:
            due === undefined ? [] : [`CISA KEV: due ${due}: ${textAt(row, "requiredAction") ?? "mitigate"}`],
          firstSeen: added,
          contentAt: released,
          link: `https://nvd.nist.gov/vuln/detail/${about.value}`,
        },
      ),
    ];
  });
  return readings.length === 0 ? unreadable("catalogue", wrongShape) : feedOf("catalogue", readings);
}
