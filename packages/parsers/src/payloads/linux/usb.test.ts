import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./usb.ts";

describe("usb", () => {
  checkPayload(payload, [
    [
      "line 1 of the fixture",
      "[  123.456789] usb 1-1: New USB device found, idVendor=0781, idProduct=5567, bcdDevice= 1.00",
      { "event.action": "device-connected", "device.id": "1-1" },
    ],
    ["nothing known", "hello", undefined],
    ["empty", "", undefined],
  ]);
});
