import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { createRequire } from "node:module";
import { type CountryResponse, Reader } from "mmdb-lib";
import { parseAddress } from "./networks.ts";

/**
 * Country and AS of an address from the tables that npm installed (no network). The country table is the registries'
 * own delegation data; the AS table is RouteViews' and DB-IP's. Both carry the date that `origin` states: addresses
 * move, so a verdict on an older event is only as good as that.
 */
export interface Geography {
  country(address: string): string | undefined;
  autonomousSystem(address: string): { number: number; name: string } | undefined;
  /** "geo-whois-asn-country 2026-06-17, asn 2026-06-17" */
  readonly origin: string;
}

const require = createRequire(import.meta.url);

function tableDate(packageName: string): string {
  const { version } = JSON.parse(readFileSync(require.resolve(`${packageName}/package.json`), "utf8")) as {
    version: string;
  };
  // Versions of these packages end in the day of the data: 2.3.2026061719.
  const day = /(\d{4})(\d{2})(\d{2})\d{2}$/.exec(version);
  return day ? `${day[1]}-${day[2]}-${day[3]}` : version;
}

export function openGeography(): Geography {
  const countryPackage = "@ip-location-db/geo-whois-asn-country-mmdb";
  let countries: Reader<CountryResponse> | undefined;
  return {
    origin: `IP location tables geo-whois-asn-country of ${tableDate(countryPackage)} and asn of ${tableDate("@ip-location-db/asn")}`,
    country(address) {
      countries ??= new Reader(readFileSync(require.resolve(`${countryPackage}/geo-whois-asn-country.mmdb`)));
      // Reserved and documentation ranges stand in the registries' tables too, and belong to no country.
      if (parseAddress(address)?.range() !== "unicast") return undefined;
      const found = countries.get(address) as unknown as { country_code?: string } | null;
      return found?.country_code;
    },
    autonomousSystem(address) {
      const parsed = parseAddress(address);
      if (parsed?.kind() !== "ipv4") return undefined;
      const key = parsed.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0);
      return searchRanges(require.resolve("@ip-location-db/asn/asn-ipv4-num.csv"), key);
    },
  };
}

/** Binary search in the sorted CSV "first,last,number,name" on disk: a look-up reads about twenty small blocks. */
function searchRanges(file: string, key: number): { number: number; name: string } | undefined {
  const handle = openSync(file, "r");
  try {
    const block = Buffer.allocUnsafe(1024);
    let low = 0;
    let high = fstatSync(handle).size;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const from = Math.max(0, middle - 512);
      const text = block.toString("utf8", 0, readSync(handle, block, 0, block.length, from));
      const start =
        from === 0 && middle < 512
          ? text.lastIndexOf("\n", middle - 1) + 1
          : text.lastIndexOf("\n", middle - from - 1) + 1;
      const end = text.indexOf("\n", start);
      const line = text.slice(start, end < 0 ? undefined : end);
      const match = /^(\d+),(\d+),(\d+),"?(.*?)"?$/.exec(line);
      if (!match) return undefined;
      if (key < Number(match[1])) high = from + start;
      else if (key > Number(match[2]))
        low = from + Buffer.byteLength(text.slice(0, end < 0 ? undefined : end)) + 1;
      else return { number: Number(match[3]), name: match[4]!.replaceAll('""', '"') };
    }
    return undefined;
  } finally {
    closeSync(handle);
  }
}
