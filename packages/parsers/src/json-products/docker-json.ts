import { addRelated } from "../ecs/related.ts";
import { describeProse } from "../infer/prose.ts";
import { type JsonProduct, timeOf } from "../json/product.ts";

/** Docker's json-file log driver: one line of a container's output. UTC with nanoseconds. */
export const dockerJson: JsonProduct = {
  name: "container/docker",
  title: "Docker json-file log",
  recognises(record) {
    return typeof record.log === "string" && record.stream !== undefined && typeof record.time === "string";
  },
  carries: (record) => (record.log as string).replace(/[\r\n]+$/, ""),
  read(record, draft, context) {
    const fields = draft.fields;
    draft.time = timeOf(record.time, context);
    const message = (record.log as string).replace(/[\r\n]+$/, "");
    if (message !== "") fields.message = message;
    delete fields["firebreak.raw.log"];
    describeProse(fields, message);
    addRelated(fields);
  },
};
