import { describe } from "vitest";
import { checkPayload } from "../../testing/payload.ts";
import { payload } from "./forcepoint-web.ts";

describe(payload.name, () =>
  checkPayload(payload, [
    [
      "blocked",
      "vendor=Forcepoint product=Security product_version=8.5.0 action=blocked severity=7 category=9 user=LDAP://192.0.2.3 OU=staff,DC=example/anna src_host=192.0.2.10 src_port=5000 dst_host=bad.example dst_ip=198.51.100.8 dst_port=80 bytes_out=100 bytes_in=200 http_response=403 http_method=GET http_user_agent=Mozilla/5.0 (X11) reason=- disposition=1026 policy=Super policy**Default duration=1 url=http://bad.example/a?b=c logRecordSource=OnPrem",
      {
        "user.name": "anna",
        "source.ip": "192.0.2.10",
        "destination.ip": "198.51.100.8",
        "user_agent.original": "Mozilla/5.0 (X11)",
        "url.query": "b=c",
        "event.action": "blocked",
        "event.type": ["access", "denied"],
        "network.bytes": 300,
      },
    ],
    [
      "who signed in beside the full name",
      "vendor=Websense product=Security product_version=8.5.0 action=permitted user=LDAP://192.0.2.3 OU=staff,DC=example/Anna Example loginID=anna src_host=192.0.2.10",
      { "user.name": "anna", "user.full_name": "Anna Example" },
    ],
    ["other", "vendor=Other product=Security product_version=1", undefined],
  ]),
);
