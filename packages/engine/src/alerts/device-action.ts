import type { DeviceAction } from "./alert.ts";
import { type AlertFields, pick } from "./fields.ts";
import type { ProductShape } from "./products.ts";

/** What the device says it did. A word that is none of the known ones is "unknown": nothing is guessed. */
export function readDeviceAction(fields: AlertFields, shape: ProductShape | undefined): DeviceAction {
  for (const pattern of shape?.action ?? genericNames) {
    const text = pick(fields, pattern);
    const action = text === undefined ? "unknown" : actionOf(text);
    if (action !== "unknown") return action;
  }
  return "unknown";
}

const genericNames = [
  /(^| )(device|av|edr|av edr|firewall|product|vendor|policy|response|delivery|final) action( taken)?$/,
  /(^| )(action taken|remediation status|detection status|action|disposition( description)?|delivery status|verdict)$/,
];

/** "Blocked", "No action taken (allowed)", "Quarantine" as one of the six facts. */
export function actionOf(text: string): DeviceAction {
  const lower = text.toLowerCase();
  if (/not (blocked|quarantined|cleaned|removed)|fail(ed|ure) to|unsuccessful/.test(lower)) return "detected";
  if (/allow|permit|\bpass(ed)?\b|accept|delivered|no action|none taken/.test(lower)) return "allowed";
  if (/quarantin/.test(lower)) return "quarantined";
  if (/clean|disinfect|remediated|removed|deleted/.test(lower)) return "cleaned";
  if (/block|den(y|ied)|drop|prevent|reject|junked|refus|terminated/.test(lower)) return "blocked";
  if (/detect|alert(ed)?$|logged|audit|monitor/.test(lower)) return "detected";
  return "unknown";
}
