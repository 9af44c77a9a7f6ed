import { describe, expect, it } from "vitest";
import { collect } from "../../testing/collect.ts";
import { format } from "./java-util-logging.ts";

describe("app/java-util-logging", () => {
  it.each([
    ["English", "Mar 05, 2024 10:14:02 AM org.x.HostConfig deployWAR", "SEVERE: boom", "severe"],
    ["German", "05.03.2024 10:14:02 org.x.HostConfig deployWAR", "SCHWERWIEGEND: boom", "severe"],
  ])("%s", (_name, first, second, level) => {
    const { events } = collect(
      `${first}\n${second}\njava.io.IOException: x\n\tat a.B.c(B.java:1)\n${first}\n${second}\n`,
      [format],
    );
    expect(events).toHaveLength(2);
    expect(new Date(events[0]!.time!.ms).toISOString()).toBe("2024-03-05T10:14:02.000Z");
    expect(events[0]?.fields).toMatchObject({
      "log.level": level,
      "log.logger": "org.x.HostConfig",
      "log.origin.function": "deployWAR",
      "error.type": "java.io.IOException",
    });
    expect(events[1]?.fields.message).toBe("boom");
  });
  it("keeps a head whose text is cut", () => {
    expect(collect("Mar 05, 2024 10:14:02 AM org.x.HostConfig deployWAR\n", [format]).events).toHaveLength(1);
  });
  it.each(["", "INFO: alone", "Mar 45, 2024 10:14:02 AM org.x.HostConfig deployWAR"])(
    "makes no event of %j",
    (line) => {
      expect(collect(line, [format]).events).toHaveLength(0);
    },
  );
});
