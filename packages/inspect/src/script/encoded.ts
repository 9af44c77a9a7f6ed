/**
 * Scripts in the form of Microsoft's Script Encoder (.vbe, .jse, language "VBScript.Encode"): a substitution with three
 * alphabets, chosen by the position. It is no encryption: there is no key.
 */

/** Plain bytes of the codes 9 and 32 to 127, in hexadecimal, for each of the three alphabets. */
const alphabets = [
  "572e477a56426a2f26494134325b7672433839704568714f09624423754a7e4a5e40774a615d224b6f4e3b4c50672a7d74" +
    "542b2d2c306e6b66352521644d52633f7b7829287359337f6d55537c3a5f65465831696c5a48275c3d24793760512036",
  "6e2d755260715e495c627d2936207c7a7f6b63332b68516676316454434c3a4c7e4c452c2a7427374479592f6f26726a39" +
    "7b3f387767534734785d30235a5b6c485570692e4c21244e5009567335614b583b57226d4d2528464a32413d5f4f4265",
  "7b323021295b38333d583a3565395c5673664e456b6259785e7d4a6d714160415340422748727531374d5222546a47642d" +
    "207f2e4c5d7e6c6f797443267625242b28234134092a443f773b55696163506751494f46687c36706e7a2f5f4b5a2c57",
].map((text) => Buffer.from(text, "hex"));

const order = "0120121221210212021200122102122100212120200120210212001220012021";

const escapes: Record<string, string> = { "&": "\n", "#": "\r", "*": ">", "!": "<", $: "@" };

export interface EncodedScript {
  /** Index of the marker in the text. */
  readonly at: number;
  readonly plain: string;
}

/** All encoded blocks of a text: `#@~^`, six characters of length, `==`, the code, six of checksum, `==^#~@`. */
export function decodeEncodedScripts(text: string): EncodedScript[] {
  const found: EncodedScript[] = [];
  for (let at = text.indexOf("#@~^"); at >= 0 && found.length < 100; at = text.indexOf("#@~^", at + 4)) {
    const end = text.indexOf("^#~@", at + 4);
    // A block without its end is decoded as far as it goes.
    const body = text.slice(at + 12, end < 0 ? text.length : Math.max(at + 12, end - 8));
    found.push({ at, plain: decode(body) });
  }
  return found;
}

function decode(body: string): string {
  const out: string[] = [];
  let position = 0;
  for (let i = 0; i < body.length; i++) {
    const char = body[i]!;
    const code = body.charCodeAt(i);
    const escaped = char === "@" ? escapes[body[i + 1] ?? ""] : undefined;
    if (escaped !== undefined) {
      out.push(escaped);
      position++;
      i++;
      continue;
    }
    const row = code === 9 ? 0 : code >= 32 && code < 128 ? code - 31 : -1;
    if (row < 0 || char === "<" || char === ">" || char === "@") out.push(char);
    else out.push(String.fromCharCode(alphabets[Number(order[position % 64])]![row]!));
    if (code < 128) position++;
  }
  return out.join("");
}
