import type { Fields } from "@firebreak/model/event";
import { describe, expect, it } from "vitest";
import { setDeployment } from "./tomcat-message.ts";

describe("setDeployment", () => {
  it.each([
    [
      "Deployment of web application archive [/opt/x.war] has finished in [51] ms",
      "application-deployed",
      "/opt/x.war",
    ],
    ["Deploying web application archive [/opt/x.war]", "application-deploying", "/opt/x.war"],
    ["Undeploying context [/x]", "application-undeployed", "/x"],
    ['WFLYSRV0010: Deployed "cmd.war" (runtime-name : "cmd.war")', "application-deployed", "cmd.war"],
  ])("%s", (message, action, path) => {
    const fields: Fields = {};
    expect(setDeployment(fields, message)).toBe(true);
    expect(fields).toMatchObject({ "event.action": action, "file.path": path });
  });
  it.each(["", "Deployment", "Server startup in [1] ms", "Deploying [".repeat(2000)])(
    "leaves %j",
    (message) => {
      const fields: Fields = {};
      setDeployment(fields, message);
      expect(fields["event.action"]).toBeUndefined();
    },
  );
});
