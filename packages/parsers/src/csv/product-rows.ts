import { isJsonObject, type JsonObject, type JsonValue } from "../json/parse.ts";
import { isAbsent } from "../text/absent.ts";

/** A product's table whose columns are what its API calls by other names: a column's name and the path of keys that it stands for. */
interface ProductTable {
  /** Columns without which it is another table; of a list one. */
  readonly needs: readonly (string | readonly string[])[];
  readonly paths: Readonly<Record<string, string>>;
  /** Names are compared without blanks, and columns that are not listed keep their name. */
  readonly isCompact?: true;
}

const tables: readonly ProductTable[] = [
  {
    // Defender: the CSV of an advanced hunting query, and that of a device's timeline, whose names have blanks.
    needs: ["ActionType", ["DeviceName", "ComputerName"], ["DeviceId", "MachineId"]],
    paths: { EventTime: "Timestamp", MachineId: "DeviceId", ComputerName: "DeviceName" },
    isCompact: true,
  },
  {
    // Entra admin centre, "Download sign-ins".
    needs: ["Username", "IP address", "Status", ["Sign-in error code", "Conditional Access"]],
    paths: {
      "Date (UTC)": "createdDateTime",
      Date: "createdDateTime",
      "Request ID": "id",
      "User ID": "userId",
      User: "userDisplayName",
      Username: "userPrincipalName",
      Application: "appDisplayName",
      "IP address": "ipAddress",
      "User agent": "userAgent",
      "Sign-in error code": "status.errorCode",
      "Failure reason": "status.failureReason",
      Browser: "deviceDetail.browser",
      "Operating System": "deviceDetail.operatingSystem",
      "Device ID": "deviceDetail.deviceId",
      "Conditional Access": "conditionalAccessStatus",
    },
  },
  {
    // Okta's system log, "Download CSV".
    needs: ["event_type", "actor.alternate_id", "timestamp"],
    paths: {
      timestamp: "published",
      uuid: "uuid",
      event_type: "eventType",
      display_message: "displayMessage",
      severity: "severity",
      "outcome.result": "outcome.result",
      "outcome.reason": "outcome.reason",
      "actor.id": "actor.id",
      "actor.type": "actor.type",
      "actor.alternate_id": "actor.alternateId",
      "actor.display_name": "actor.displayName",
      "client.ip_address": "client.ipAddress",
      "client.user_agent.raw_user_agent": "client.userAgent.rawUserAgent",
      "client.user_agent.os": "client.userAgent.os",
      "client.user_agent.browser": "client.userAgent.browser",
      "client.geographical_context.city": "client.geographicalContext.city",
      "client.geographical_context.state": "client.geographicalContext.state",
      "client.geographical_context.country": "client.geographicalContext.country",
    },
  },
  {
    // CloudTrail console, event history, "Download as CSV".
    needs: ["Event name", "Event time", "Event source", "AWS region"],
    paths: {
      "Event name": "eventName",
      "Event time": "eventTime",
      "Event source": "eventSource",
      "Event ID": "eventID",
      "Request ID": "requestID",
      "AWS region": "awsRegion",
      "Source IP address": "sourceIPAddress",
      "Error code": "errorCode",
      "User name": "userIdentity.userName",
      "Principal ID": "userIdentity.principalId",
    },
  },
  { needs: ["_raw"], paths: {} },
];

/** Makes the object that the product's API gives of a row's cells; undefined for the header of any other table. */
export function productRows(
  names: readonly string[],
): ((cells: readonly string[]) => JsonObject) | undefined {
  for (const { needs, paths, isCompact } of tables) {
    const keys = isCompact ? names.map((name) => name.replaceAll(" ", "")) : names;
    const held = new Set(keys);
    const fits = needs.every((need) =>
      typeof need === "string" ? held.has(need) : need.some((one) => held.has(one)),
    );
    if (!fits) continue;
    const ways = keys.map((key) => (Object.hasOwn(paths, key) ? paths[key]! : key).split("."));
    return (cells) => rowObject(ways, cells);
  }
  return undefined;
}

function rowObject(ways: readonly (readonly string[])[], cells: readonly string[]): JsonObject {
  const object: JsonObject = {};
  for (let i = 0; i < ways.length && i < cells.length; i++) {
    const cell = cells[i]!.trim();
    if (!isAbsent(cell)) put(object, ways[i]!, cell);
  }
  // A sign-in that succeeded has no code in the table, though it may have a reason.
  const { status, Location } = object;
  if (object.Status === "Success")
    object.status = { errorCode: "0", ...(isJsonObject(status) ? status : undefined) };
  // "Oslo, Oslo, NO"
  const place =
    typeof Location === "string" ? /^([^,]{1,80})(?:,[^,]{0,80})?, ?([A-Z]{2})$/.exec(Location) : null;
  if (place && object.location === undefined)
    object.location = { city: place[1]!, countryOrRegion: place[2]! };
  return object;
}

function put(object: JsonObject, way: readonly string[], cell: string): void {
  let at: JsonObject = object;
  for (const key of way.slice(0, -1)) {
    const next: JsonValue | undefined = Object.hasOwn(at, key) ? at[key] : undefined;
    if (typeof next === "object" && next !== null && !Array.isArray(next)) at = next;
    else {
      const made: JsonObject = {};
      Object.defineProperty(at, key, { value: made, enumerable: true, configurable: true, writable: true });
      at = made;
    }
  }
  const last = way.at(-1)!;
  // A header may name a column twice; "__proto__" is a name like any other.
  if (!Object.hasOwn(at, last))
    Object.defineProperty(at, last, { value: cell, enumerable: true, configurable: true, writable: true });
}
