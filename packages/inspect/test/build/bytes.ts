/** Little-endian writers for the test documents. */
export function bytes(...parts: (number | string | Uint8Array | readonly number[])[]): Uint8Array {
  return new Uint8Array(
    Buffer.concat(
      parts.map((part) =>
        typeof part === "number"
          ? Uint8Array.of(part)
          : typeof part === "string"
            ? Buffer.from(part, "latin1")
            : Uint8Array.from(part),
      ),
    ),
  );
}

export function le16(value: number): Uint8Array {
  return Uint8Array.of(value & 255, (value >> 8) & 255);
}

export function le32(value: number): Uint8Array {
  return bytes(le16(value & 0xffff), le16(value >>> 16));
}

export function wide(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "utf16le"));
}

export function guid(text: string): Uint8Array {
  const groups = text.split("-");
  const swap = (hex: string) => hex.match(/../g)!.reverse().join("");
  return new Uint8Array(Buffer.from(groups.slice(0, 3).map(swap).join("") + groups.slice(3).join(""), "hex"));
}

export function pad(content: Uint8Array, multiple: number): Uint8Array {
  const rest = content.length % multiple;
  return rest === 0 ? content : bytes(content, new Uint8Array(multiple - rest));
}
