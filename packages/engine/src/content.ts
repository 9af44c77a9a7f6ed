import { fileURLToPath } from "node:url";

/** Folder of the content that ships with Firebreak: rules, correlations, chains, mappings, knowledge. */
export const contentDir = fileURLToPath(new URL("../../../content/", import.meta.url));
