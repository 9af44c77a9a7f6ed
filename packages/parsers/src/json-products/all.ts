import type { JsonProduct } from "../json/product.ts";
import { adguard } from "./adguard.ts";
import { awsVpcFlow } from "./aws-vpc-flow.ts";
import { azureActivity } from "./azure-activity.ts";
import { cloudTrail } from "./cloudtrail.ts";
import { cowrie } from "./cowrie.ts";
import { mongodb, postgresJson } from "./databases.ts";
import { dockerJson } from "./docker-json.ts";
import { crowdStrike, defenderAlert, defenderHunting, sentinelOne } from "./endpoint-detection.ts";
import { entraAudit, entraSignIn } from "./entra.ts";
import { eset } from "./eset.ts";
import { gcpAudit, gcpNetwork } from "./gcp.ts";
import { googleWorkspace } from "./google-workspace.ts";
import { guardDuty } from "./guardduty.ts";
import { githubAudit, keycloakJson, onePassword } from "./identity-audit.ts";
import { kubernetesAudit } from "./kubernetes-audit.ts";
import { m365Audit } from "./m365-audit.ts";
import { okta } from "./okta.ts";
import { osquery } from "./osquery.ts";
import { openTelemetry } from "./otel.ts";
import { sftpgo } from "./sftpgo.ts";
import { suricata } from "./suricata.ts";
import { wazuh } from "./wazuh.ts";
import { caddy, cloudflare, gitlab, traefik } from "./web-servers.ts";
import { zeek } from "./zeek.ts";

/** Product tables in the order in which they are asked: the narrower recogniser first. */
export const jsonProducts: readonly JsonProduct[] = [
  suricata,
  zeek,
  cloudTrail,
  guardDuty,
  awsVpcFlow,
  m365Audit,
  entraSignIn,
  entraAudit,
  azureActivity,
  gcpAudit,
  gcpNetwork,
  okta,
  googleWorkspace,
  kubernetesAudit,
  dockerJson,
  defenderHunting,
  defenderAlert,
  crowdStrike,
  sentinelOne,
  eset,
  wazuh,
  osquery,
  cowrie,
  cloudflare,
  caddy,
  traefik,
  gitlab,
  githubAudit,
  keycloakJson,
  onePassword,
  mongodb,
  postgresJson,
  sftpgo,
  adguard,
  openTelemetry,
];
