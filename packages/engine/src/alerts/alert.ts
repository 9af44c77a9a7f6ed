/** An alert as a file or a product gives it: its fields as recorded, its time, and the observables to look for. */
export interface Alert {
  /** File or finding that it comes from. */
  source: string;
  /** Product whose shape was recognised: "elastic", "splunk", …, or "generic". */
  product: AlertProduct;
  /** The product's own id, where it states one. */
  externalId?: string;
  /** Flat fields as recorded, dotted names. */
  fields: Record<string, string>;
  time?: AlertTime;
  observables: AlertObservable[];
  /** Six different facts, never merged: what the device says it did. */
  deviceAction: DeviceAction;
  title: string;
  severity: AlertSeverity;
  /** What the alert is about, and so which playbook fits. */
  kind: AlertKind;
  /** ATT&CK techniques that the alert itself names. */
  techniques: string[];
}

export interface AlertTime {
  ms: number;
  iso: string;
  original: string;
  zone: string;
  zoneSource: string;
  /** Seconds that the recorded text leaves open: 60 for a time to the minute. */
  precisionSeconds: number;
}

export interface AlertObservable {
  type: ObservableType;
  value: string;
  /** The alert's field that holds it. */
  field: string;
  role: ObservableRole;
}

export type ObservableType = "host" | "account" | "mailbox" | "address" | "domain" | "url" | "hash" | "file";
/** What the observable is in the alert; "mentioned" where only a text names it. */
export type ObservableRole = "source" | "destination" | "subject" | "sender" | "recipient" | "mentioned";

export const alertProducts = [
  "elastic",
  "splunk",
  "wazuh",
  "sentinel",
  "defender",
  "suricata",
  "firebreak",
  "generic",
] as const;
export type AlertProduct = (typeof alertProducts)[number];

export const deviceActions = ["allowed", "blocked", "quarantined", "cleaned", "detected", "unknown"] as const;
export type DeviceAction = (typeof deviceActions)[number];

export type AlertSeverity = "informational" | "low" | "medium" | "high" | "critical";

export const alertKinds = [
  "malware",
  "phishing",
  "proxy",
  "threat-intelligence",
  "web-attack",
  "brute-force",
  "exfiltration",
  "sprint",
  "unknown",
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** The alert cannot be read; the message names the file and what would do. */
export class AlertError extends Error {
  readonly code = "alert";
}
