import type { SyslogPayload } from "../../syslog-payload.ts";
import { applyRules, eventFields, rule } from "../../text/rules.ts";

const dataset = "linux/usb";
const uptime = String.raw`^(?:\[ *\d{1,12}\.\d{1,9}\] )?`;

const rules = [
  rule(
    new RegExp(
      `${uptime}usb ([\\d.-]{1,20}): New USB device found, idVendor=([0-9a-f]{4}), idProduct=([0-9a-f]{4})`,
    ),
    "device.id firebreak.raw.vendor_id firebreak.raw.product_id",
    eventFields("host", "info", "device-connected"),
  ),
  rule(
    new RegExp(`${uptime}usb ([\\d.-]{1,20}): Product: (.{1,200})$`),
    "device.id device.model.name",
    eventFields("host", "info", "device-described"),
  ),
  rule(
    new RegExp(`${uptime}usb ([\\d.-]{1,20}): Manufacturer: (.{1,200})$`),
    "device.id device.manufacturer",
    eventFields("host", "info", "device-described"),
  ),
  rule(
    new RegExp(`${uptime}usb ([\\d.-]{1,20}): SerialNumber: (.{1,200})$`),
    "device.id device.serial_number",
    eventFields("host", "info", "device-described"),
  ),
  rule(
    new RegExp(`${uptime}usb ([\\d.-]{1,20}): USB disconnect, device number`),
    "device.id",
    eventFields("host", "info", "device-disconnected"),
  ),
];

/** The kernel's messages of USB devices: plugged in, described, taken out. */
export const payload = {
  name: dataset,
  title: "USB devices (kernel messages)",
  programs: ["kernel"],
  parse(message) {
    if (!message.includes("usb ")) return undefined;
    const fields = applyRules(rules, message);
    return fields && { dataset, fields };
  },
} satisfies SyslogPayload;
