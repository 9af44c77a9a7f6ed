import { countOf } from "@firebreak/model/collections";
import type { ResearchQuestion } from "@firebreak/model/picture";
import { type EventRow, refOf } from "../rows.ts";
import { findingId, type Scene } from "../scene.ts";
import type { Peer } from "./peers.ts";

export function peerQuestions(
  scene: Scene,
  peer: string,
  from: string | undefined,
  rows: readonly EventRow[],
  inside: readonly Peer[],
): ResearchQuestion[] {
  const cited = rows.slice(0, 10).map(scene.cite);
  const questions: ResearchQuestion[] = [
    {
      id: findingId("question", "reputation", peer),
      question: `What is known about ${peer}?`,
      why: "No reputation was asked (no network by default). A score of zero would not clear it: its communicating files and sandbox contacts decide.",
      query: `threat-intelligence look-up by address: ${peer} (relations: communicating files, resolutions, URLs), and by hash for the alert's file`,
      wouldChange:
        "Malicious relations confirm command and control; a well-known service with clean relations weakens the finding.",
      events: cited,
    },
  ];
  if (from) {
    const inbound = rows.filter((row) => row.source_ip === peer && row.destination_ip === from);
    questions.push({
      id: findingId("question", "inbound", peer, from),
      question: `Did ${peer} also open connections to ${from}?`,
      why:
        inbound.length > 0
          ? `${countOf(inbound.length, "record")} ${inbound.length === 1 ? "shows" : "show"} it (${inbound.slice(0, 3).map(refOf).join(", ")}).`
          : `No such record among the ${countOf(rows.length, "record")} that name ${peer}. That is no proof of absence: only the sources and windows in the coverage table were looked at.`,
      query: `source.ip = ${peer} AND destination.ip = ${from}, in firewall and proxy logs that cover the alert`,
      wouldChange: "An inbound session would mean exposure of the host to the internet.",
      events: cited,
    });
  }
  for (const { peer: other } of inside) {
    if (other === from || scene.alert?.observables.some(({ value }) => value === other)) continue;
    questions.push({
      id: findingId("question", "other-host", peer, other),
      question: `Is ${other} compromised as well?`,
      why: `It met ${peer}, as ${from ?? "the alert's host"} did.`,
      query: `all records of ${other}: process, sign-in and network events around its contact with ${peer}`,
      wouldChange:
        "The same file or process on it makes it part of the incident; a different program explains the contact.",
      events: rows
        .filter((row) => row.source_ip === other || row.destination_ip === other)
        .slice(0, 10)
        .map(scene.cite),
    });
  }
  return questions;
}
