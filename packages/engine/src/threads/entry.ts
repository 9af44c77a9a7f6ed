/** What every thread runs first; see `startThread`. */
import module from "node:module";

const [entry, cached] = process.argv.slice(2);
if (cached) module.enableCompileCache();
await import(entry!);
