import { existsSync, readFileSync, statSync } from "node:fs";
import { homedir, platform } from "node:os";
import { join } from "node:path";
import { InputError } from "@firebreak/engine/case/inputs";

type Environment = Readonly<Record<string, string | undefined>>;

/** Names and values that providers need: from the environment, else from the key file. */
export interface Settings {
  value(variable: string): string | undefined;
  /** Where keys may be kept, for the person. */
  readonly keyFile: string;
}

const line = /^\s*([A-Z][A-Z0-9_]{2,60})\s*=\s*(\S.*?)\s*$/;
/** What HTTP headers take, without spaces: anything else is a slip of copying, and errors of the platform would repeat it. */
const keyShape = /^[\x21-\x7e]{1,512}$/;

/**
 * Reads `FIREBREAK_KEYS`, else the user's key file: lines `NAME=value`, "#" for comments. Throws `InputError` for a file
 * that others could read; a missing file holds no keys.
 */
export function readSettings(environment: Environment): Settings {
  const keyFile =
    environment.FIREBREAK_KEYS ?? join(folder(environment, "XDG_CONFIG_HOME", ".config"), "keys");
  const stored = existsSync(keyFile) ? readKeyFile(keyFile) : new Map<string, string>();
  return {
    keyFile,
    value(variable) {
      const found = environment[variable]?.trim() || stored.get(variable);
      if (found !== undefined && !keyShape.test(found))
        throw new InputError(
          `${variable}: not a key: it holds spaces or signs that no key has. Copy it again.`,
        );
      return found;
    },
  };
}

function readKeyFile(file: string): Map<string, string> {
  const { mode, uid } = statSync(file);
  // Windows has no such modes; its profile folders are the user's own.
  if (platform() !== "win32") {
    if ((mode & 0o077) !== 0)
      throw new InputError(
        `${file}: others may read this key file (mode ${(mode & 0o777).toString(8)}). Run: chmod 600 ${file}`,
      );
    if (process.getuid !== undefined && uid !== process.getuid() && process.getuid() !== 0)
      throw new InputError(`${file}: this key file belongs to another user`);
  }
  const keys = new Map<string, string>();
  for (const [i, text] of readFileSync(file, "utf8").split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(text)) continue;
    const match = line.exec(text);
    if (!match) throw new InputError(`${file}: line ${i + 1} is not NAME=value`);
    keys.set(match[1]!, match[2]!);
  }
  return keys;
}

/** Where quotas are kept between runs. */
export function stateFolder(environment: Environment): string {
  return environment.FIREBREAK_STATE ?? folder(environment, "XDG_STATE_HOME", join(".local", "state"));
}

function folder(environment: Environment, variable: string, byDefault: string): string {
  const base = environment[variable] ?? (platform() === "win32" ? environment.LOCALAPPDATA : undefined);
  return join(base ?? join(homedir(), byDefault), "firebreak");
}
