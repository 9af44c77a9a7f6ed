import { describe, expect, it } from "vitest";
import { testContext } from "../testing/payload.ts";
import { readMessage } from "./message.ts";

const read = (text: string) => readMessage(Buffer.from(text), testContext());

describe("readMessage", () => {
  it("gives nothing for an empty text and for one without a field", () => {
    expect(read("")).toBeUndefined();
    expect(read("\n\nonly a body")).toBeUndefined();
  });

  it("takes the time of the receiving server before the sender's", () => {
    const draft = read(
      "Received: from a ([203.0.113.9]) by b; Tue, 5 Mar 2024 09:00:00 +0000\nDate: Mon, 1 Jan 2001 00:00:00 +0000\nFrom: a@example.org\n\n",
    )!;
    expect(new Date(draft.time!.ms).toISOString()).toBe("2024-03-05T09:00:00.000Z");
    expect(draft.fields["email.origination_timestamp"]).toBe("2001-01-01T00:00:00Z");
    expect(draft.fields["source.ip"]).toBe("203.0.113.9");
  });

  it("passes over hops inside the network", () => {
    const draft = read(
      "Received: from a ([192.168.1.4]) by b; x\nReceived: from c.example ([IPv6:2001:db8::5]) by a; x\nFrom: a@example.org\n\n",
    )!;
    expect([draft.fields["source.ip"], draft.fields["source.domain"]]).toEqual(["2001:db8::5", "c.example"]);
  });

  it("hashes attachments, also of a mail that is cut off", () => {
    const head =
      'From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Disposition: attachment; filename="a.txt"\nContent-Transfer-Encoding: base64\n\n';
    for (const end of ["aGVsbG8=\n--b--\n", "aGVsbG8="]) {
      const { fields } = read(head + end)!;
      expect(fields["email.attachments.file.name"]).toEqual(["a.txt"]);
      expect(fields["email.attachments.file.hash.md5"]).toEqual(["5d41402abc4b2a76b9719d911017c592"]);
    }
  });

  it.each<[string, string]>([
    ["thousands of fields", `From: a@example.org\n${"X-A: b\n".repeat(20_000)}\n`],
    ["fields of many names", `${Array.from({ length: 5000 }, (_, i) => `X-${i}: b\n`).join("")}\n`],
    ["a field without an end", `Subject: ${"a".repeat(1 << 20)}`],
    [
      "parts within parts",
      `From: a@example.org\n${"Content-Type: multipart/mixed; boundary=b\n\n--b\n".repeat(2000)}`,
    ],
    ["brackets without an end", `Received: from ${"(".repeat(100_000)}\nDate: ${"(".repeat(100_000)}\n\n`],
    ["thousands of links", `From: a@example.org\n\n${"https://a.example/b ".repeat(50_000)}`],
  ])("is bounded for %s", (_, text) => {
    const started = performance.now();
    const { fields } = read(text)!;
    expect(JSON.stringify(fields).length).toBeLessThan(1 << 20);
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
