import { deflateSync } from "node:zlib";

/** A PDF of these object bodies, numbered from 1; the first is the catalog. */
export function pdf(
  bodies: readonly (string | Buffer)[],
  { encrypted = false, end = "%%EOF\n" } = {},
): Uint8Array {
  const chunks: (string | Buffer)[] = ["%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"];
  for (const [i, body] of bodies.entries()) chunks.push(`${i + 1} 0 obj\n`, body, "\nendobj\n");
  chunks.push(
    `trailer\n<< /Root 1 0 R /Size ${bodies.length + 1}${encrypted ? " /Encrypt 9 0 R" : ""} >>\n${end}`,
  );
  return new Uint8Array(Buffer.concat(chunks.map((chunk) => Buffer.from(chunk as string, "latin1"))));
}

export function stream(dictionary: string, content: string | Buffer): Buffer {
  const packed = deflateSync(content);
  return Buffer.concat([
    Buffer.from(`<< ${dictionary} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`),
    packed,
    Buffer.from("\nendstream"),
  ]);
}
