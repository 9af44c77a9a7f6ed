import { describe, expect, it } from "vitest";
import { FtpDialogue } from "./ftp-dialogue.ts";

describe("FtpDialogue", () => {
  it("states a login and a transfer at the reply, with user and path of the command", () => {
    const dialogue = new FtpDialogue();
    dialogue.command("1", "USER bob");
    dialogue.command("1", "PASS ****");
    expect(dialogue.reply("1", "230 Logged on")).toMatchObject({
      "event.action": "login",
      "event.outcome": "success",
      "user.name": "bob",
    });
    expect(dialogue.command("1", "STOR /in/a.zip")).toMatchObject({
      "event.action": "ftp-command",
      "file.path": "/in/a.zip",
    });
    expect(dialogue.reply("1", "150 Starting")).toMatchObject({ "event.action": "ftp-reply" });
    expect(dialogue.reply("1", "226 Done")).toMatchObject({
      "event.action": "file-uploaded",
      "event.outcome": "success",
      "file.path": "/in/a.zip",
      "user.name": "bob",
    });
    expect(dialogue.reply("1", "226 Done")).toMatchObject({ "event.action": "ftp-reply" });
  });
  it.each([
    ["refused login", "PASS x", "530 Login incorrect", { "event.action": "login-failed" }],
    [
      "refused file",
      "RETR a",
      "550 No",
      { "event.action": "file-access-failed", "event.outcome": "failure" },
    ],
    ["530 without a login", "LIST", "530 Log in first", { "event.action": "ftp-reply" }],
  ])("%s", (_name, command, reply, expected) => {
    const dialogue = new FtpDialogue();
    dialogue.command("1", command);
    expect(dialogue.reply("1", reply)).toMatchObject(expected);
  });
  it("keeps sessions apart and forgets the oldest", () => {
    const dialogue = new FtpDialogue();
    dialogue.command("1", "USER bob");
    expect(dialogue.reply("2", "230 ok")).not.toHaveProperty("user.name");
    for (let i = 0; i < 10_001; i++) dialogue.command(`x${i}`, "NOOP");
    expect(dialogue.reply("1", "230 ok")).not.toHaveProperty("user.name");
  });
  it.each(["", "Connected on port 21", "12", "999 x", "constructor"])(
    "%j is neither command nor reply",
    (text) => {
      const dialogue = new FtpDialogue();
      expect(dialogue.reply("1", text)).toBeUndefined();
      expect(dialogue.command("1", text)).toBeUndefined();
    },
  );
});
