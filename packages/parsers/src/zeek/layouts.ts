import { type ZeekColumn, zeekColumn } from "./row.ts";

/** The columns of a log stream as Zeek writes them by default, in one version or another. */
export interface ZeekLayout {
  readonly path: string;
  readonly columns: readonly ZeekColumn[];
  /** Columns that every version writes; the rest came later or with a policy script. */
  readonly required: number;
}

const types: Record<string, string> = {
  t: "time",
  s: "string",
  a: "addr",
  p: "port",
  c: "count",
  i: "interval",
  b: "bool",
  e: "enum",
  u: "uid",
  x: "proto",
  v: "vector[string]",
  h: "set[addr]",
};

const connection = "ts:t uid:u id.orig_h:a id.orig_p:p id.resp_h:a id.resp_p:p";

/** `[path, columns]`, where "|" stands before the first column that may be missing (docs.zeek.org, "Zeek Log Formats"). */
const rows: readonly (readonly [path: string, columns: string])[] = [
  [
    "conn",
    `${connection} proto:x service:s duration:i orig_bytes:c resp_bytes:c conn_state:e local_orig:b local_resp:b missed_bytes:c history:s orig_pkts:c orig_ip_bytes:c resp_pkts:c resp_ip_bytes:c tunnel_parents:v | orig_l2_addr:s resp_l2_addr:s`,
  ],
  [
    "conn",
    `${connection} proto:x service:s duration:i orig_bytes:c resp_bytes:c conn_state:e local_orig:b missed_bytes:c history:s orig_pkts:c orig_ip_bytes:c resp_pkts:c resp_ip_bytes:c tunnel_parents:v`,
  ],
  [
    "dns",
    `${connection} proto:x trans_id:c rtt:i query:s qclass:c qclass_name:s qtype:c qtype_name:s rcode:c rcode_name:s AA:b TC:b RD:b RA:b Z:c answers:v TTLs:v rejected:b`,
  ],
  [
    "dns",
    `${connection} proto:x trans_id:c query:s qclass:c qclass_name:s qtype:c qtype_name:s rcode:c rcode_name:s AA:b TC:b RD:b RA:b Z:c answers:v TTLs:v rejected:b`,
  ],
  [
    "http",
    `${connection} trans_depth:c method:s host:s uri:s referrer:s version:s user_agent:s origin:s request_body_len:c response_body_len:c status_code:c status_msg:s info_code:c info_msg:s tags:v username:s password:s proxied:v orig_fuids:v orig_filenames:v orig_mime_types:v resp_fuids:v resp_filenames:v resp_mime_types:v`,
  ],
  [
    "http",
    `${connection} trans_depth:c method:s host:s uri:s referrer:s version:s user_agent:s request_body_len:c response_body_len:c status_code:c status_msg:s info_code:c info_msg:s tags:v username:s password:s proxied:v orig_fuids:v orig_filenames:v orig_mime_types:v resp_fuids:v resp_filenames:v resp_mime_types:v`,
  ],
  [
    "http",
    `${connection} trans_depth:c method:s host:s uri:s referrer:s user_agent:s request_body_len:c response_body_len:c status_code:c status_msg:s info_code:c info_msg:s filename:s tags:v username:s password:s proxied:v orig_fuids:v orig_mime_types:v resp_fuids:v resp_mime_types:v`,
  ],
  [
    "files",
    "ts:t fuid:u tx_hosts:h rx_hosts:h conn_uids:v source:s depth:c analyzers:v mime_type:s filename:s duration:i local_orig:b is_orig:b seen_bytes:c total_bytes:c missing_bytes:c overflow_bytes:c timedout:b parent_fuid:s md5:s sha1:s sha256:s extracted:s | extracted_cutoff:b extracted_size:c",
  ],
  [
    "files",
    "ts:t fuid:u uid:u id.orig_h:a id.orig_p:p id.resp_h:a id.resp_p:p source:s depth:c analyzers:v mime_type:s filename:s duration:i local_orig:b is_orig:b seen_bytes:c total_bytes:c missing_bytes:c overflow_bytes:c timedout:b parent_fuid:s md5:s sha1:s sha256:s extracted:s extracted_cutoff:b extracted_size:c",
  ],
  [
    "ssl",
    `${connection} version:s cipher:s curve:s server_name:s resumed:b last_alert:s next_protocol:s established:b | cert_chain_fuids:v client_cert_chain_fuids:v subject:s issuer:s client_subject:s client_issuer:s validation_status:s`,
  ],
  [
    "ssh",
    `${connection} version:c auth_success:b auth_attempts:c direction:e client:s server:s cipher_alg:s mac_alg:s compression_alg:s kex_alg:s host_key_alg:s host_key:s`,
  ],
  [
    "notice",
    `${connection} fuid:s file_mime_type:s file_desc:s proto:x note:s msg:s sub:s src:a dst:a p:p n:c peer_descr:s actions:v suppress_for:i | dropped:b remote_location.country_code:s remote_location.region:s remote_location.city:s remote_location.latitude:s remote_location.longitude:s`,
  ],
  [
    "rdp",
    `${connection} cookie:s result:s security_protocol:s client_channels:v keyboard_layout:s client_build:s client_name:s client_dig_product_id:s desktop_width:c desktop_height:c requested_color_depth:s cert_type:s cert_count:c cert_permanent:b encryption_level:s encryption_method:s`,
  ],
  [
    "kerberos",
    `${connection} request_type:e client:s service:s success:b error_msg:s from:t till:t cipher:s forwardable:b renewable:b | client_cert_subject:s client_cert_fuid:s server_cert_subject:s server_cert_fuid:s`,
  ],
  [
    "smtp",
    `${connection} trans_depth:c helo:s mailfrom:s rcptto:v date:s from:s to:v cc:v reply_to:s msg_id:s in_reply_to:s subject:s x_originating_ip:s first_received:s second_received:s last_reply:s path:v user_agent:s tls:b fuids:v | is_webmail:b`,
  ],
  [
    "ftp",
    `${connection} user:s password:s command:e arg:s mime_type:s file_size:c reply_code:c reply_msg:s data_channel.passive:b data_channel.orig_h:a data_channel.resp_h:a data_channel.resp_p:p fuid:s`,
  ],
  [
    "ntlm",
    `${connection} username:s hostname:s domainname:s server_nb_computer_name:s server_dns_computer_name:s server_tree_name:s success:b`,
  ],
  [
    "smb_files",
    `${connection} fuid:s action:s path:s name:s size:c prev_name:s times.modified:t times.accessed:t times.created:t times.changed:t`,
  ],
  [
    "radius",
    `${connection} username:s mac:s framed_addr:a tunnel_client:s connect_info:s reply_msg:s result:e ttl:i`,
  ],
  ["dce_rpc", `${connection} rtt:i named_pipe:s endpoint:s operation:s`],
  ["smb_mapping", `${connection} path:s service:s native_file_system:s share_type:e`],
  ["syslog", `${connection} proto:x facility:s severity:s message:s`],
  ["weird", `${connection} name:s addl:s notice:b peer:s | source:s`],
  ["mysql", `${connection} cmd:s arg:s success:b rows:c response:s`],
  ["tunnel", `${connection} tunnel_type:s action:s`],
];

export const zeekLayouts: readonly ZeekLayout[] = rows.map(([path, text]) => {
  const [first, more = ""] = text.split(" | ");
  const names = (part: string) => part.split(" ").filter((one) => one !== "");
  const columns = [...names(first!), ...names(more)].map((one) => {
    const colon = one.lastIndexOf(":");
    return zeekColumn(one.slice(0, colon), types[one.slice(colon + 1)]!);
  });
  return { path, columns, required: names(first!).length };
});

const shapes: Record<string, RegExp> = {
  time: /^\d{9,10}\.\d{1,9}$/,
  addr: /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]{0,4}:[0-9a-fA-F:.]{1,40})$/,
  "set[addr]": /^[\da-fA-F.:, ]{2,400}$/,
  port: /^\d{1,5}$/,
  count: /^\d{1,20}$/,
  interval: /^\d{1,12}\.\d{1,9}$/,
  bool: /^[TF]$/,
  enum: /^[\w-]{1,24}$/,
  uid: /^[A-Za-z0-9]{9,24}$/,
  proto: /^(?:tcp|udp|icmp|unknown_transport)$/,
};

/** The first layout in which every value has its column's shape; a row without header says no more about itself. */
export function layoutOf(values: readonly string[]): ZeekLayout | undefined {
  return zeekLayouts.find(
    ({ columns, required }) =>
      values.length >= required &&
      values.length <= columns.length &&
      values.every((value, i) => {
        if (value === "-" || value === "(empty)") return i > 0;
        const shape = shapes[columns[i]!.type];
        return shape === undefined || shape.test(value);
      }),
  );
}
