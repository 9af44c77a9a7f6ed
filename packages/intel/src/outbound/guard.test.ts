import { describe, expect, it } from "vitest";
import { readObservable } from "../observable.ts";
import { refusalOf, withoutSecrets } from "./guard.ts";

const internal = {
  isInternalAddress: (address: string) => address === "8.8.4.4",
  isInternalName: (name: string) => name === "clinic.example" || name.endsWith(".clinic.example"),
};
const refuse = (text: string) => refusalOf(readObservable(text)!, internal);

describe("refusalOf", () => {
  it.each([
    "10.1.2.3",
    "172.16.17.56",
    "192.168.1.1",
    "127.0.0.1",
    "169.254.1.1",
    "100.64.0.9",
    "0.0.0.0",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.2.1",
    "198.51.100.7",
    "203.0.113.9",
    "::1",
    "fe80::1",
    "fd00::1",
    "2001:db8::1",
    "::ffff:10.0.0.1",
    "8.8.4.4",
    "host.local",
    "srv.corp",
    "printer.lan",
    "a.b.internal",
    "x.home.arpa",
    "1.0.0.10.in-addr.arpa",
    "clinic.example",
    "mail.clinic.example",
    "http://10.0.0.1/x",
    "http://intranet/x",
    "https://wiki.corp/x",
    "https://portal.clinic.example/",
    "http://[fd00::1]/",
    "file://server/share/x",
    "https://user:geheim@files.example/",
    "https://user@files.example/",
    "https://files.example/?token=abc",
    "https://files.example/?access_token=x",
    "https://files.example/?PHPSESSID=1",
    "https://files.example/?sid=9",
    "https://files.example/?q=a&api_key=zz",
    "https://files.example/a;jsessionid=AB12?x=1",
    "https://files.example/?X-Amz-Signature=abcd",
    "https://files.example/?id=aGVsbG8gd29ybGQhIQ",
    "https://files.example/#access_token=xyz",
    "https://files.example/u/jo.doe@clinic.example/x",
    "https://files.example/?to=jo%40clinic.example",
    "https://files.example/reset/8f2k39d0a8s7d6f5g4",
    "https://files.example/x/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc",
    "https://files.example/?AKIAABCDEFGHIJKLMNOP",
    "https://files.example/?user=jo",
    "https://files.example/?email=x",
  ])("%s never leaves", (text) => {
    expect(refuse(text)).toMatch(/\w/);
  });

  it.each([
    "8.8.8.8",
    "2a00:1450::1",
    "c2.example",
    "5ec0".repeat(16),
    "0a".repeat(16),
    "CVE-2024-0001",
    "http://c2.example/js/Podalir4.exe",
    "http://c2.example/a?id=5",
    "http://c2.example:8080/gate.php?x=1&page=home",
    "https://c2.example/5ec05ec05ec05ec0/load.bin",
    "http://8.8.8.8/x",
  ])("%s may be asked about", (text) => {
    expect(refuse(text)).toBeUndefined();
  });

  it("says where the secret is and never repeats it, here or in the record", () => {
    const found = readObservable("https://user:geheim@files.example/x?token=s3cr3t")!;
    expect(refusalOf(found, internal)).not.toMatch(/geheim|s3cr3t/);
    expect(refusalOf(readObservable("https://files.example/?token=s3cr3t")!, internal)).toBe(
      "the URL may carry a secret (the parameter token); ask about its host files.example instead",
    );
    expect(withoutSecrets(found)).toBe("https://files.example/… (the rest may carry a secret)");
  });
});
