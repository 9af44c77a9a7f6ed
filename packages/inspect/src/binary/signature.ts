/** Authenticode ([Windows Authenticode Portable Executable Signature Format]): who signed, and whether the bytes are those that were signed. */
import { createHash, X509Certificate } from "node:crypto";
import { hex, slice, u16, u32 } from "../bytes.ts";
import { derChildren, readDer } from "./der.ts";
import type { PeImage } from "./pe-image.ts";

export interface PeSignature {
  /** Subjects of the certificates in it, the signer's among them. No chain is checked: that needs trusted roots and a date. */
  readonly subjects: readonly string[];
  readonly digestAlgorithm?: string;
  /** Whether the digest in the signature is that of these bytes; nothing when it cannot be told. */
  readonly isDigestRight?: boolean;
}

const algorithms: Readonly<Record<string, string>> = {
  "2b0e03021a": "sha1",
  "2a864886f70d0205": "md5",
  "608648016503040201": "sha256",
  "608648016503040202": "sha384",
  "608648016503040203": "sha512",
};
const certificatesMax = 20;

export function readSignature(bytes: Uint8Array, image: PeImage): PeSignature | undefined {
  const { address, size } = image.directories[4]!;
  if (address === 0 || size < 16 || address + 8 > bytes.length) return undefined;
  // WIN_CERTIFICATE: length, revision, type 2 for PKCS #7.
  if (u16(bytes, address + 6) !== 2) return { subjects: [] };
  const signed = signedData(slice(bytes, address + 8, address + u32(bytes, address)));
  if (signed === undefined) return { subjects: [] };
  const digest = contentDigest(signed.content);
  const algorithm = digest === undefined ? undefined : algorithms[digest.algorithm];
  return {
    subjects: signed.certificates.map(subjectOf).filter((subject) => subject !== ""),
    ...(algorithm !== undefined && {
      digestAlgorithm: algorithm,
      isDigestRight: imageDigest(bytes, image, algorithm) === digest!.value,
    }),
  };
}

/** ContentInfo → SignedData → encapsulated content and certificates ([RFC 2315] 9.1). */
function signedData(bytes: Uint8Array): { content: Uint8Array; certificates: Uint8Array[] } | undefined {
  const outer = readDer(bytes);
  const wrapped = derChildren(outer?.content ?? new Uint8Array())[1];
  const data = readDer(wrapped?.content ?? new Uint8Array());
  if (data?.tag !== 0x30) return undefined;
  const fields = derChildren(data.content);
  const content = fields.find(({ tag }, i) => tag === 0x30 && i >= 2);
  const certificates = fields.find(({ tag }) => tag === 0xa0);
  if (content === undefined) return undefined;
  return {
    content: content.content,
    certificates: derChildren(certificates?.content ?? new Uint8Array(), certificatesMax).map(
      ({ whole }) => whole,
    ),
  };
}

/** SpcIndirectDataContent: the type's data, then algorithm and digest. */
function contentDigest(content: Uint8Array): { algorithm: string; value: string } | undefined {
  const wrapped = derChildren(content).find(({ tag }) => tag === 0xa0);
  const indirect = readDer(wrapped?.content ?? new Uint8Array());
  const info = derChildren(indirect?.content ?? new Uint8Array())[1];
  const [algorithm, value] = derChildren(info?.content ?? new Uint8Array());
  const oid = derChildren(algorithm?.content ?? new Uint8Array())[0];
  if (oid === undefined || value?.tag !== 4) return undefined;
  return { algorithm: hex(oid.content), value: hex(value.content) };
}

/** The checksum, the signature's directory entry and the signature itself are left out of the digest. */
function imageDigest(bytes: Uint8Array, image: PeImage, algorithm: string): string {
  const checksum = image.headerAt + 24 + 64;
  const entry = image.headerAt + 24 + (image.isWide ? 112 : 96) + 32;
  const { address, size } = image.directories[4]!;
  const hash = createHash(algorithm);
  hash.update(slice(bytes, 0, checksum));
  hash.update(slice(bytes, checksum + 4, entry));
  hash.update(slice(bytes, entry + 8, address));
  hash.update(slice(bytes, address + size, bytes.length));
  return hash.digest("hex");
}

function subjectOf(certificate: Uint8Array): string {
  try {
    return new X509Certificate(certificate).subject.replaceAll("\n", ", ");
  } catch {
    return "";
  }
}
