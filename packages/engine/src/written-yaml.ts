import { parse } from "yaml";

/**
 * YAML or JSON that a person wrote: a profile, a dialect, answers. A byte order mark is passed over.
 *
 * @param fault makes the caller's error of what is wrong and where, in one line
 */
export function readWrittenYaml(text: string, fault: (reason: string) => Error): unknown {
  try {
    return parse(text.replace(/^\ufeff/, ""), { maxAliasCount: 20, prettyErrors: true });
  } catch (error) {
    // Behind the first line the message draws the place, which does not fit into a sentence.
    const [reason = ""] = (error as Error).message.split("\n");
    throw fault(`not readable as YAML or JSON: ${reason.replace(/:$/, "")}`);
  }
}
