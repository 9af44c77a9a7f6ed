export interface AddressFields {
  readonly ip: string;
  readonly port: string;
  readonly domain: string;
}

const known = new Map<string, AddressFields>();

/** The field names below a prefix ("source" → "source.ip" …), joined once: joining anew for each event is dear. */
export function addressFields(prefix: string): AddressFields {
  let fields = known.get(prefix);
  if (fields === undefined) {
    fields = { ip: `${prefix}.ip`, port: `${prefix}.port`, domain: `${prefix}.domain` };
    known.set(prefix, fields);
  }
  return fields;
}
