/**
 * Tables made from a store for one run. They stand in memory, in a database of their own that all connections see; the
 * store's file is not changed.
 */
export const derivedDatabase = "derived";
/** The events that rules matched, but for rules that flood. */
export const matchedTable = `${derivedDatabase}.matched`;
/** Places of matched events that another file tells too. */
export const copiesTable = `${derivedDatabase}.copies`;
