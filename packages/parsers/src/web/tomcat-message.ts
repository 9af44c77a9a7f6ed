import type { Fields } from "@firebreak/model/event";

const deployment =
  /\b(Deployment|Deploying|Undeploying|Reloading)\b[^[\n]{0,60}\[([^\]\n]{1,1000})\]|\b(deploy|undeploy)ed "([^"\n]{1,255}\.(?:war|ear|jar))"/i;

/**
 * Sets what Tomcat, JBoss and WildFly say about applications being put in place or taken away: a web archive that nobody
 * announced is how a web shell arrives. True when the message is one.
 */
export function setDeployment(fields: Fields, message: string): boolean {
  const match = deployment.exec(message.slice(0, 4096));
  if (!match) return false;
  const word = (match[1] ?? match[3]!).toLowerCase();
  const isDone = word === "deployment" || match[3] !== undefined;
  const isRemoval = word.startsWith("undeploy");
  fields["event.category"] = ["configuration"];
  fields["event.type"] = [isRemoval ? "deletion" : isDone ? "creation" : "change"];
  fields["event.action"] = isRemoval
    ? "application-undeployed"
    : word === "reloading"
      ? "application-reloaded"
      : isDone
        ? "application-deployed"
        : "application-deploying";
  fields["file.path"] = match[2] ?? match[4]!;
  return true;
}
