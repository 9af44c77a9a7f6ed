import type { JsonProduct } from "../json/product.ts";
import {
  authentik,
  beyondTrust,
  cyberArkEpm,
  forgeRock,
  mongoAtlas,
  sailPoint,
  serviceNow,
} from "./access-governance.ts";
import { adguard } from "./adguard.ts";
import { javaJson, lograge, nextcloud, pino, rabbitmqJson, serilog } from "./app-logs.ts";
import { jamfComplianceReporter, jamfPro, jamfProtect } from "./apple-devices.ts";
import { atlassianEvents, mattermost, tines, unifiedLogJson } from "./audit-services.ts";
import { auth0 } from "./auth0.ts";
import { apiGateway } from "./aws-api-gateway.ts";
import { awsVpcFlow } from "./aws-vpc-flow.ts";
import { azureActivity } from "./azure-activity.ts";
import { entraProvisioning, entraRisk } from "./azure-identity.ts";
import { carbonBlackAlert, carbonBlackAudit, carbonBlackEdr, carbonBlackEvent } from "./carbon-black.ts";
import {
  cloudflareCasb,
  cloudflareDns,
  cloudflareFirewall,
  cloudflareGatewayHttp,
  cloudflareNetwork,
  cloudflarePackets,
  cloudflarePosture,
  cloudflareSinkhole,
} from "./cloudflare.ts";
import { cloudTrail } from "./cloudtrail.ts";
import { boxEvents, dropboxEvents, slackAudit, zoomWebhook } from "./collaboration.ts";
import { cortexXdr } from "./cortex-xdr.ts";
import { cowrie } from "./cowrie.ts";
import { cyberArkVault } from "./cyberark-vault.ts";
import {
  elasticsearchAudit,
  elasticsearchServer,
  kibanaLog,
  logstashLog,
  mongodbAudit,
  mysqlAudit,
  perconaAudit,
} from "./database-audit.ts";
import { mongodb, postgresJson } from "./databases.ts";
import { defenderAlert, defenderIncident } from "./defender-alert.ts";
import { defenderHunting } from "./defender-hunting.ts";
import { dockerJson } from "./docker-json.ts";
import { duoActivity, duoAdministrator, duoAuthentication } from "./duo.ts";
import {
  cybereason,
  harfangLab,
  openCanary,
  symantecCloud,
  taniumConnect,
  withSecure,
} from "./endpoint-agents.ts";
import { bitdefender, malwarebytes, santa, sophosCentral, trendVisionOne } from "./endpoint-consoles.ts";
import { crowdStrike, sentinelOne } from "./endpoint-detection.ts";
import { entraAudit, entraSignIn } from "./entra.ts";
import { eset } from "./eset.ts";
import { gcpAudit, gcpDns, gcpNetwork, gcpRequest } from "./gcp.ts";
import { gcpFinding } from "./gcp-scc.ts";
import { googleWorkspace } from "./google-workspace.ts";
import { guardDuty } from "./guardduty.ts";
import { githubAudit, keycloakJson, onePassword } from "./identity-audit.ts";
import { jumpCloud, lastPass, oneLogin, pingOne, teleport } from "./identity-providers.ts";
import { kubernetesAudit } from "./kubernetes-audit.ts";
import { m365Audit } from "./m365-audit.ts";
import {
  messageTrace,
  mimecastAudit,
  mimecastProtection,
  mimecastSiem,
  proofpointClick,
  proofpointMessage,
} from "./mail-gateways.ts";
import { abnormalAudit, abnormalThreat, sublimeAudit } from "./mail-security.ts";
import { networkProducts } from "./network.ts";
import { ocsf } from "./ocsf.ts";
import { okta } from "./okta.ts";
import { osquery } from "./osquery.ts";
import { openTelemetry } from "./otel.ts";
import {
  falco,
  prismaAlert,
  prismaAudit,
  qualysDetection,
  rapid7Asset,
  snykAudit,
  snykIssue,
  tenableVulnerability,
  wizAudit,
  wizIssue,
} from "./posture.ts";
import {
  atlassianAudit,
  cloudflareAudit,
  salesforceEventLog,
  salesforceObject,
  salesforceSetup,
  snowflake,
} from "./saas-platforms.ts";
import { cloudflareAccess, inspector, securityHub } from "./security-hub.ts";
import {
  ciscoSecureEndpoint,
  sentinelOneActivity,
  sentinelOneAlert,
  sentinelOneDeepVisibility,
} from "./sentinel-one.ts";
import { sftpgo } from "./sftpgo.ts";
import { suricata } from "./suricata.ts";
import { tetragon } from "./tetragon.ts";
import { bitwarden, consulAudit, hashicorpLog, vaultAudit } from "./vaults.ts";
import { wazuh } from "./wazuh.ts";
import { caddy, cloudflare, envoyJson, gitlab, traefik } from "./web-servers.ts";
import { zeek } from "./zeek.ts";

/** Product tables in the order in which they are asked: the narrower recogniser first. */
export const jsonProducts: readonly JsonProduct[] = [
  suricata,
  zeek,
  ...networkProducts,
  cloudTrail,
  guardDuty,
  securityHub,
  cloudflareAccess,
  awsVpcFlow,
  m365Audit,
  entraRisk,
  entraProvisioning,
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
  defenderIncident,
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
  envoyJson,
  gitlab,
  githubAudit,
  keycloakJson,
  onePassword,
  mongodb,
  postgresJson,
  sftpgo,
  adguard,
  openTelemetry,
  duoAuthentication,
  duoAdministrator,
  duoActivity,
  oneLogin,
  jumpCloud,
  pingOne,
  teleport,
  lastPass,
  auth0,
  vaultAudit,
  consulAudit,
  hashicorpLog,
  bitwarden,
  cyberArkVault,
  slackAudit,
  zoomWebhook,
  boxEvents,
  dropboxEvents,
  salesforceEventLog,
  salesforceObject,
  salesforceSetup,
  snowflake,
  cloudflareAudit,
  atlassianAudit,
  carbonBlackAlert,
  carbonBlackEvent,
  carbonBlackAudit,
  carbonBlackEdr,
  sentinelOneActivity,
  sentinelOneAlert,
  sentinelOneDeepVisibility,
  ciscoSecureEndpoint,
  sophosCentral,
  trendVisionOne,
  bitdefender,
  santa,
  malwarebytes,
  proofpointMessage,
  proofpointClick,
  mimecastAudit,
  mimecastSiem,
  mimecastProtection,
  messageTrace,
  mysqlAudit,
  perconaAudit,
  mongodbAudit,
  elasticsearchAudit,
  elasticsearchServer,
  kibanaLog,
  logstashLog,
  serilog,
  pino,
  lograge,
  nextcloud,
  rabbitmqJson,
  javaJson,
  ocsf,
  wizIssue,
  wizAudit,
  prismaAlert,
  prismaAudit,
  snykAudit,
  snykIssue,
  tenableVulnerability,
  qualysDetection,
  rapid7Asset,
  falco,
  tetragon,
  cortexXdr,
  jamfProtect,
  jamfPro,
  jamfComplianceReporter,
  harfangLab,
  withSecure,
  cybereason,
  symantecCloud,
  taniumConnect,
  openCanary,
  cyberArkEpm,
  sailPoint,
  beyondTrust,
  serviceNow,
  authentik,
  forgeRock,
  mongoAtlas,
  cloudflareFirewall,
  cloudflareDns,
  cloudflareGatewayHttp,
  cloudflareNetwork,
  cloudflarePackets,
  cloudflareSinkhole,
  cloudflarePosture,
  cloudflareCasb,
  gcpDns,
  gcpRequest,
  gcpFinding,
  apiGateway,
  mattermost,
  tines,
  atlassianEvents,
  unifiedLogJson,
  inspector,
  abnormalThreat,
  abnormalAudit,
  sublimeAudit,
];
