export { ByteCounts } from "./entropy.ts";
export { type InspectOptions, inspectBytes } from "./inspect.ts";
export { defaultLimits, type Limits } from "./limits.ts";
export type * from "./result.ts";
export type { YaraScanner } from "./run.ts";
export { type FileFacts, unexamined } from "./unexamined.ts";
