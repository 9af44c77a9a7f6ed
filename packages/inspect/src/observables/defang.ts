import type { ObservableType } from "../result.ts";

/** An address that nobody opens by mistake: `hxxps://host[.]example/`, `name[@]host[.]example`, `198.51.100[.]7`. */
export function defang(type: ObservableType, value: string): string {
  switch (type) {
    case "url": {
      const parts = /^([a-z][a-z0-9+.-]*):(\/\/)?([^/?#]*)(.*)$/is.exec(value);
      if (parts === null) return value;
      const scheme = parts[1]!.replace(/^http/i, "hxxp").replace(/^ftp/i, "fxp");
      return `${scheme}:${parts[2] ?? ""}${parts[3]!.replaceAll(".", "[.]").replaceAll("@", "[@]")}${parts[4]!}`;
    }
    case "email":
      return value.replace("@", "[@]").replaceAll(".", "[.]");
    case "ipv4":
    case "domain": {
      const dot = value.lastIndexOf(".");
      return `${value.slice(0, dot)}[.]${value.slice(dot + 1)}`;
    }
    case "ipv6":
      return value.replaceAll(":", "[:]");
    default:
      return value;
  }
}
