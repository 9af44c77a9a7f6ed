import {
  distinct,
  isRecord,
  type Json,
  latest,
  recordAt,
  recordsAt,
  textAt,
  textsAt,
  timeAt,
} from "../../loose.ts";
import { type Observable, readTyped } from "../../observable.ts";
import { aboutWhat, answered, type ReadContext, type ReadDocument, unreadable } from "../../provider.ts";
import { type Relation, reading, relation, type Technique, technique } from "../../reading.ts";
import { idsRelations } from "./ids.ts";
import { linkedSubject } from "./relations.ts";

const part = "behaviour";
const marks = [
  "mitre_attack_techniques",
  "ip_traffic",
  "dns_lookups",
  "http_conversations",
  "processes_created",
  "processes_tree",
  "files_dropped",
  "command_executions",
  "files_written",
  "registry_keys_set",
];

/** True for attributes of a sandbox run, or of the summary over all runs. */
export function isBehaviour(value: unknown): value is Json {
  return isRecord(value) && marks.some((name) => Object.hasOwn(value, name));
}

/** The summary over all sandboxes (`behaviour_summary`), or the list of runs (`behaviours`). */
export function readBehaviour(json: Json, context: ReadContext): ReadDocument {
  const runs = Array.isArray(json.data) ? recordsAt(json, "data") : [recordAt(json, "data") ?? json];
  const about = runs.map(subjectOf).find((one) => one !== undefined) ?? linkedSubject(json) ?? context.about;
  if (!about) return unreadable(part, aboutWhat);
  const bodies = runs.map((run) => recordAt(run, "attributes") ?? run);
  const verdicts = distinct(bodies.flatMap((body) => textsAt(body, "verdicts")));
  const isMalware = verdicts.some((word) => /malware|trojan|ransom|stealer|evader/i.test(word));
  const contentAt = latest(bodies.map((body) => timeAt(body, "analysis_date")));
  return answered(part, [
    reading(about, summaryOf(bodies, verdicts), {
      opinion: isMalware ? "malicious" : "context",
      weight: isMalware ? 60 : 0,
      relations: bodies.flatMap(contacts),
      techniques: bodies.flatMap(techniques),
      labels: distinct(bodies.flatMap((body) => textsAt(body, "tags"))),
      isCapability: true,
      contentAt,
    }),
  ]);
}

/** A run's id is "<sha256>_<sandbox>". */
function subjectOf(run: Json): Observable | undefined {
  return readTyped("hash", textAt(run, "id")?.slice(0, 64));
}

function summaryOf(bodies: readonly Json[], verdicts: readonly string[]): string {
  const commands = distinct(bodies.flatMap((body) => textsAt(body, "command_executions"))).length;
  const told =
    verdicts.length > 0 ? `sandbox verdicts ${verdicts.join(", ")}` : "sandbox run without a verdict";
  return commands > 0 ? `${told}; ${commands} commands` : told;
}

function contacts(body: Json): Relation[] {
  const traffic = recordsAt(body, "ip_traffic").map((one) => ({
    target: readTyped("address", textAt(one, "destination_ip")),
    detail: [textAt(one, "transport_layer_protocol"), textAt(one, "destination_port")]
      .filter(Boolean)
      .join(" "),
  }));
  const names = recordsAt(body, "dns_lookups").map((one) => ({
    target: readTyped("domain", textAt(one, "hostname")),
    detail: "name look-up",
  }));
  const pages = recordsAt(body, "http_conversations").map((one) => ({
    target: readTyped("url", textAt(one, "url")),
    detail: textAt(one, "request_method") ?? "HTTP",
  }));
  const contacted = [...traffic, ...names, ...pages].flatMap(({ target, detail }) =>
    relation("contacted", target, { detail }),
  );
  const dropped = recordsAt(body, "files_dropped").flatMap((one) =>
    relation("dropped", readTyped("hash", textAt(one, "sha256")), { detail: textAt(one, "path") }),
  );
  return [...contacted, ...dropped, ...idsRelations({ crowdsourced_ids_results: body.ids_alerts })];
}

function techniques(body: Json): Technique[] {
  return recordsAt(body, "mitre_attack_techniques").flatMap((one) =>
    technique(textAt(one, "id"), textAt(one, "signature_description")),
  );
}

/** True for `behaviour_mitre_trees`: sandbox → tactics → techniques. */
export function isMitreTrees(json: Json): boolean {
  const data = recordAt(json, "data");
  return data !== undefined && Object.values(data).some((one) => isRecord(one) && Array.isArray(one.tactics));
}

export function readMitreTrees(json: Json, context: ReadContext): ReadDocument {
  const about = context.about ?? linkedSubject(json);
  if (!about) return unreadable("techniques", aboutWhat);
  const trees = Object.values(recordAt(json, "data") ?? {});
  const found = trees.flatMap((tree) =>
    recordsAt(tree, "tactics").flatMap((tactic) =>
      recordsAt(tactic, "techniques").flatMap((one) => {
        const why = recordsAt(one, "signatures").flatMap((sign) => textAt(sign, "description") ?? [])[0];
        return technique(textAt(one, "id"), why ?? textAt(one, "name"));
      }),
    ),
  );
  return answered("techniques", [
    reading(about, `${new Set(found.map(({ id }) => id)).size} ATT&CK techniques seen in sandboxes`, {
      techniques: found,
      isCapability: true,
    }),
  ]);
}
