import { dirname, join } from "node:path";
import { compareText } from "@firebreak/model/collections";
import type { ZoneHint } from "@firebreak/model/format";
import type { Alert } from "../alerts/alert.ts";
import { readAlert } from "../alerts/read.ts";
import { type DialectFile, dialectFilesIn, readDialectFiles } from "../dialect/files.ts";
import { type OrganisationProfile, readProfile, undeclaredProfile } from "../organisation/profile.ts";
import { readInput, zoneSetting } from "./input.ts";
import { inCase } from "./layout.ts";

export { InputError, makeFolder, readInput, requireFile } from "./input.ts";

export interface Settings {
  profile: OrganisationProfile;
  warnings: string[];
  zone?: ZoneHint;
  alert?: Alert;
  organisationText?: string;
  alertText?: string;
  /** Log formats that the user taught. */
  dialects: DialectFile[];
}

/** A file that the user gave, already read. */
export interface GivenFile {
  /** As the user named it. */
  name: string;
  text: string;
}

/** Brings the options together: `--timezone` goes before the profile's zone. */
export function readSettings(options: {
  org?: string;
  alert?: string;
  timezone?: string;
  /** Dialect files and folders; those of the case and those beside the profile come by themselves. */
  dialects?: readonly string[];
  case?: string;
}): Settings {
  const given = readDialectFiles([
    ...(options.dialects ?? []),
    ...(options.org === undefined ? [] : dialectFilesIn(join(dirname(options.org), "dialects"))),
  ]);
  const ofCase =
    options.case === undefined ? [] : readDialectFiles(dialectFilesIn(inCase(options.case, "dialects")));
  // A corrected dialect takes the place of the one that the case kept.
  const kept = ofCase.filter(({ dialect }) => !given.some((one) => one.dialect.name === dialect.name));
  return settingsFrom({
    dialects: [...given, ...kept].sort((one, other) => compareText(one.dialect.name, other.dialect.name)),
    ...(options.org !== undefined && { org: { name: options.org, text: readInput("--org", options.org) } }),
    ...(options.alert !== undefined && {
      alert: { name: options.alert, text: readInput("--alert", options.alert) },
    }),
    ...(options.timezone !== undefined && { timezone: options.timezone }),
  });
}

/** The same from texts that were read before: a case keeps copies of what it was given. */
export function settingsFrom(given: {
  org?: GivenFile;
  alert?: GivenFile;
  timezone?: string;
  dialects?: DialectFile[];
}): Settings {
  const out: Settings = { profile: undeclaredProfile, warnings: [], dialects: given.dialects ?? [] };
  if (given.org) {
    out.organisationText = given.org.text;
    const { profile, warnings } = readProfile(given.org.text, given.org.name);
    out.profile = profile;
    out.warnings.push(...warnings);
  }
  const zone = given.timezone ?? out.profile.timeZone;
  if (zone !== undefined) {
    out.zone = zoneSetting(
      zone,
      given.timezone === undefined ? `${given.org?.name}: timeZone` : "--timezone",
    );
  }
  if (given.alert) {
    out.alertText = given.alert.text;
    out.alert = readAlert(given.alert.text, given.alert.name, out.zone ? { zone: out.zone } : {});
  }
  return out;
}
