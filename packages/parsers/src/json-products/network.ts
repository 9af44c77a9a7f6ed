import type { JsonProduct } from "../json/product.ts";
import { awsNetworkFirewall, awsWaf, route53Resolver } from "./aws-network.ts";
import { azureNetwork } from "./azure-network.ts";
import {
  akamaiSiem,
  aristaNgfw,
  bloxOne,
  harmonyEmail,
  merakiApi,
  proofpointOnDemand,
} from "./edge-gateways.ts";
import { f5Telemetry } from "./f5-telemetry.ts";
import { netskope } from "./netskope.ts";
import {
  armis,
  claroty,
  darktraceBreach,
  extraHop,
  fireEyeNx,
  nozomi,
  vectraDetect,
} from "./network-detection.ts";
import { snort } from "./snort.ts";
import { zscalerNss, zscalerZpa, zscalerZpaAudit } from "./zscaler.ts";

/** Products of the network: sensors, proxies, cloud firewalls. */
export const networkProducts: readonly JsonProduct[] = [
  awsNetworkFirewall,
  awsWaf,
  route53Resolver,
  azureNetwork,
  akamaiSiem,
  aristaNgfw,
  armis,
  bloxOne,
  claroty,
  darktraceBreach,
  extraHop,
  fireEyeNx,
  harmonyEmail,
  merakiApi,
  nozomi,
  proofpointOnDemand,
  vectraDetect,
  f5Telemetry,
  netskope,
  snort,
  zscalerNss,
  zscalerZpa,
  zscalerZpaAudit,
];
