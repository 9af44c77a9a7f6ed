import { describe, expect, it } from "vitest";
import { imitated } from "./lookalike.ts";

const known = ["indeed.com", "microsoft.com", "paypal.com", "linkedin.com", "clinic-east.example"];

describe("imitated", () => {
  it.each([
    ["lndeed.com", "indeed.com"],
    ["rnicrosoft.com", "microsoft.com"],
    ["micros0ft.com", "microsoft.com"],
    ["paypa1.com", "paypal.com"],
    ["linkedln.com", "linkedin.com"],
    ["mail.paypall.com", "paypal.com"],
    ["cliniceast.example", "clinic-east.example"],
  ])("%s imitates %s", (domain, target) => expect(imitated(domain, known)).toBe(target));
  it.each([
    ["indeed.com"],
    ["mail.indeed.com"],
    ["microsoft.co.uk"],
    ["example.org"],
    ["index.com"],
    ["pal.com"],
    [""],
  ])("%s imitates nobody", (domain) => expect(imitated(domain, known)).toBeUndefined());
});
