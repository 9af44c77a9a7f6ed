import { collect } from "./collect.ts";
import { contain } from "./contain.ts";
import { deviceStopped } from "./device-stopped.ts";
import { direction, escalate, lessons, sourceSide } from "./direction.ts";
import { dataTouched, destinationKnown, stillGoing, volumeUnusual } from "./exfiltration.ts";
import { farEndAccessed } from "./far-end-accessed.ts";
import { farEndMalicious } from "./far-end-malicious.ts";
import { fileMalicious } from "./file-malicious.ts";
import { firstSign } from "./first-sign.ts";
import { mailContentMalicious, mailParts, mailSuspicious } from "./mail.ts";
import { mailDelivered, mailRemove } from "./mail-delivered.ts";
import { mailOpened } from "./mail-opened.ts";
import { plannedTest } from "./planned-test.ts";
import type { Question } from "./question.ts";
import { adminTraffic, moreTargets, signInSuccess, sourceSuspicious } from "./sign-in.ts";
import {
  sprintAbroad,
  sprintAddresses,
  sprintContain,
  sprintHosts,
  sprintNotify,
  sprintRedFlags,
  sprintResearch,
  sprintTechniques,
} from "./sprint.ts";
import { webAttackType, webMalicious } from "./web-malicious.ts";
import { webSuccess } from "./web-success.ts";

const all: readonly Question[] = [
  adminTraffic,
  collect,
  contain,
  dataTouched,
  destinationKnown,
  deviceStopped,
  direction,
  escalate,
  farEndAccessed,
  farEndMalicious,
  fileMalicious,
  firstSign,
  lessons,
  mailContentMalicious,
  mailDelivered,
  mailOpened,
  mailParts,
  mailRemove,
  mailSuspicious,
  moreTargets,
  plannedTest,
  signInSuccess,
  sourceSide,
  sourceSuspicious,
  sprintAbroad,
  sprintAddresses,
  sprintContain,
  sprintHosts,
  sprintNotify,
  sprintRedFlags,
  sprintResearch,
  sprintTechniques,
  stillGoing,
  volumeUnusual,
  webAttackType,
  webMalicious,
  webSuccess,
];

/** Kinds of questions that playbooks may ask. */
export const questions: ReadonlyMap<string, Question> = new Map(
  all.map((question) => [question.kind, question]),
);
