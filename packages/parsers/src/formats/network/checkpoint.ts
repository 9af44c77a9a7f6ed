import { bareFormat } from "../../network/bare.ts";
import { payload } from "../../payloads/network/checkpoint.ts";

export const format = bareFormat(payload, {
  notes: '`[action:"…"; …]`, structured data `…@2620`, or `time=…|hostname=…`. `time` is an epoch.',
});
