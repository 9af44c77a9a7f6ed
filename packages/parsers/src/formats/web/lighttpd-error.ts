import type { LineFormat } from "@firebreak/model/format";
import { lineTable } from "../../text/line-table.ts";
import { eventFields, loginFields, rule } from "../../text/rules.ts";

const head = String.raw`^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d): \(([\w.-]{1,60}\.c)\.(\d{1,6})\) `;
const names = "@ log.origin.file.name log.origin.file.line:n";

/** lighttpd's error log. Local time of the server, no zone. */
export const format = {
  kind: "line",
  name: "web/lighttpd-error",
  title: "lighttpd error log",
  version: 1,
  notes: "By time, a colon and (file.c.line). Local time without a zone.",
  ...lineTable({
    dataset: "web/lighttpd-error",
    rules: [
      rule(
        new RegExp(
          `${head}(password doesn't match for (\\S{1,500}) username: (\\S{1,128}),? IP: (\\S{1,64}))\\s*$`,
        ),
        `${names} message url user.name source`,
        loginFields("failure", "login"),
      ),
      rule(
        new RegExp(`${head}([\\s\\S]*)$`),
        `${names} message`,
        eventFields("web", "error", "server-message"),
      ),
    ],
    vote: 0.9,
  }),
} satisfies LineFormat;
