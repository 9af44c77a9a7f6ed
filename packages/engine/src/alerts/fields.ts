/** Flat fields of an alert, asked by name or by pattern of the name's last part. */
export type AlertFields = Readonly<Record<string, string>>;

/** The first of these exact names (any case) that has a value. */
export function firstOf(fields: AlertFields, names: readonly string[]): string | undefined {
  const byLower = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]));
  for (const name of names) {
    const value = fields[byLower.get(name.toLowerCase()) ?? ""]?.trim();
    if (value) return value;
  }
  return undefined;
}

/** "device_action", "deviceAction", "Device Action", "device.action" → "device action": names are compared in words. */
export function wordsOf(name: string): string {
  return name
    .replace(/\[\d+\]/g, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .trim()
    .toLowerCase();
}

/** The first field, in the order of the alert, whose name in words fits. */
export function pick(fields: AlertFields, pattern: RegExp): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    if (value.trim() !== "" && pattern.test(wordsOf(name))) return value;
  }
  return undefined;
}
