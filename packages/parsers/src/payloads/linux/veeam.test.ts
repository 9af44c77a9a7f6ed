import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./veeam.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "event",
      '[origin enterpriseId="31023"] [categoryId=0 instanceId=10050 VmName="srv1" UserName="CORP\\\\bob" Description="Backup of srv1 was deleted"]',
      { "event.code": "10050", "firebreak.raw.VmName": "srv1", "event.type": ["change"] },
    ],
  ]),
);
