import { describe } from "vitest";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./clamav.ts";

describe("endpoint/clamav", () => {
  checkFormat(format, [
    [
      "finding",
      "Tue Mar  5 10:14:02 2024 -> /srv/a.zip: Win.Test.EICAR_HDB-1 FOUND",
      1,
      { "rule.name": "Win.Test.EICAR_HDB-1", "file.path": "/srv/a.zip" },
    ],
    [
      "without time",
      "/home/amy/odd.exe: Win.Trojan.Test-1 FOUND",
      1,
      { "@time": null, "file.name": "odd.exe" },
    ],
    ["empty", "", 0, {}],
  ]);
});
