import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./aws-s3-access.ts";

const owner = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

describe("cloud/aws-s3-access", () => {
  it.each([
    ["get", "REST.GET.OBJECT", "access"],
    ["put", "REST.PUT.OBJECT", "creation"],
    ["delete", "REST.DELETE.OBJECT", "deletion"],
  ])("%s", (_name, operation, type) => {
    const line = `${owner} bkt [05/Mar/2024:09:14:02 +0000] 192.0.2.1 arn:aws:iam::1:user/bob ABC ${operation} k "GET /b/k HTTP/1.1" 200 - 1 1 1 1 "-" "ua" -`;
    expect(collect(line, [format]).events[0]?.fields).toMatchObject({
      "event.type": [type],
      "user.name": "bob",
      "file.path": "k",
      "source.ip": "192.0.2.1",
    });
  });
  it("rejects an impossible date and leaves other lines alone", () => {
    const line = `${owner} bkt [32/Mar/2024:09:14:02 +0000] 192.0.2.1 - ABC REST.GET.OBJECT k "GET /b/k HTTP/1.1" 200`;
    expect(collect(line, [format]).rejects[0]?.reason).toBe("no valid date in the brackets");
    expect(format.sniff("bucket of text")).toBe(0);
  });
});
