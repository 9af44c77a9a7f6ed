/** SQL about traffic in the event store, shared by the red flags. */

/** Nothing says that the traffic was refused; how the record's own tries ended is not asked. */
export const notDenied =
  "coalesce(action, '') NOT IN ('denied','deny','blocked','dropped','rejected','connection-blocked','packet-blocked') AND NOT contains(coalesce(type, ''), 'denied')";

/** Nothing says that the traffic was refused or failed. */
export const notRefused = `${notDenied} AND coalesce(outcome, '') <> 'failure'`;

/** The other end of a record: its address, or the name that a proxy was asked for. */
export const peerColumn = "coalesce(destination_ip, url_domain)";

/** Bytes of a file that a record says was moved. */
export const fileBytes = `TRY_CAST(json_extract_string(rest, '$."file.size"') AS BIGINT)`;

/** What transfer services call a file that left them. */
export const fetchedActions = "'download','downloaded','file-download','file-downloaded'";

/** A number of bytes for people. */
export function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.round(bytes / 1000)} kB`;
}
