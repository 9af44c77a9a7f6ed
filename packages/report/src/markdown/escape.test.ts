import { describe, expect, test } from "vitest";
import { markdownCode, markdownText } from "./escape.ts";

describe("markdownText", () => {
  test.each([
    ["plain", "Logon at 02:10:00 (UTC)", "Logon at 02:10:00 (UTC)"],
    ["link", "[a](javascript:b)", "\\[a\\](javascript:b)"],
    ["image", "![a](b)", "!\\[a\\](b)"],
    ["tag", "<script>alert(1)</script>", "\\<script\\>alert(1)\\</script\\>"],
    ["table cell", "a|b", "a\\|b"],
    ["escaped pipe", "a\\|b", "a\\\\\\|b"],
    ["emphasis and code", "*a* _b_ `c` ~~d~~", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"],
    ["entity", "&lt;b&gt; & &amp", "\\&lt;b\\&gt; & &amp"],
    ["emoji", ":+1: :skull: 02:29:41", "\\:+1: \\:skull: 02:29:41"],
    ["formula", "$x$", "\\$x\\$"],
    ["heading", "# a", "\\# a"],
    ["bullet", "- a", "\\- a"],
    ["rule", "---", "\\---"],
    ["ordinal", "1. a", "1\\. a"],
    ["web address", "see http://evil.example/a_b now", "see `http://evil.example/a_b` now"],
    ["bare web address", "www.evil.example", "`www.evil.example`"],
    ["mail address", "from a_b@evil.example", "from `a_b@evil.example`"],
    ["mail address with a pipe", "a|b@evil.example", "a\\|b@<!-- -->evil.example"],
    [
      "web address with a pipe",
      "http://www.evil.example/?a|b",
      "http:<!-- -->//www<!-- -->.evil.example/?a\\|b",
    ],
    ["a decimal", "30.7 MiB", "30.7 MiB"],
    ["line breaks", "a\n\n# b", "a \\# b"],
  ])("%s", (_name, raw, escaped) => {
    expect(markdownText(raw)).toBe(escaped);
  });
});

describe("markdownCode", () => {
  test.each([
    ["a path", "C:\\Windows\\Temp", "`C:\\Windows\\Temp`"],
    ["backticks", "a``b", "``` a``b ```"],
    ["only a backtick", "`", "`` ` ``"],
    ["a pipe", "a|`b`", "a\\|\\`b\\`"],
    ["nothing", "", "(empty)"],
    ["only spaces", "  ", "(empty)"],
  ])("%s", (_name, raw, code) => {
    expect(markdownCode(raw)).toBe(code);
  });
});
