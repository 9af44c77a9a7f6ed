import { product } from "../json/define.ts";
import { at, classify, textOf } from "../json/product.ts";

/** Log event type codes (Auth0 docs, "Log Event Type Codes") that are not told by their first letter. */
const actions: Record<string, string> = {
  s: "successful-login",
  ss: "successful-signup",
  slo: "successful-logout",
  scp: "successful-change-password",
  sce: "successful-change-email",
  scu: "successful-change-username",
  sdu: "successful-user-deletion",
  sv: "successful-verification-email",
  seacft: "successful-exchange",
  seccft: "successful-exchange",
  sepft: "successful-exchange",
  sertft: "successful-exchange",
  seoobft: "successful-exchange",
  seotpft: "successful-exchange",
  sercft: "successful-exchange",
  ssa: "successful-silent-auth",
  sapi: "api-operation",
  mgmt_api_read: "api-operation",
  sui: "successfully-imported-users",
  svr: "successful-verification-email-request",
  scpr: "successful-change-password-request",
  gd_auth_succeed: "guardian-mfa-login-success",
  f: "failed-login",
  fp: "failed-login-incorrect-password",
  fu: "failed-login-invalid-email-or-username",
  fc: "failed-by-connector",
  fco: "failed-by-cors",
  fcoa: "failed-cross-origin-authentication",
  fs: "failed-signup",
  flo: "failed-logout",
  fcp: "failed-change-password",
  fsa: "failed-silent-auth",
  feacft: "failed-exchange",
  feccft: "failed-exchange",
  fepft: "failed-exchange",
  fertft: "failed-exchange",
  fapi: "failed-api-operation",
  gd_auth_failed: "guardian-mfa-login-failed",
  gd_auth_rejected: "guardian-mfa-login-rejected",
  limit_wc: "blocked-account",
  limit_sul: "blocked-account",
  limit_mu: "blocked-ip-address",
  limit_ui: "too-many-calls-to-userinfo",
  api_limit: "rate-limit-on-the-authentication-api",
  pwd_leak: "breached-password",
  signup_pwd_leak: "breached-password-on-signup",
  cls: "passwordless-login-code-sent",
  cs: "passwordless-login-code-sent",
  du: "deleted-user",
  w: "warnings-during-login",
  depnote: "deprecation-notice",
};

const logins =
  /^(?:[sf]|fp|fu|fc|fco|fcoa|fsa|ssa|w|cls|cs|scoa|sens|fens|[sf]e\w*ft|gd_auth_\w+|limit_\w+|api_limit|pwd_leak|fcoa)$/;

/** Auth0 tenant logs: log streams (`log_id`, `data`) and the Management API. UTC with Z. */
export const auth0 = product({
  name: "auth0/logs",
  title: "Auth0 tenant log",
  recognises(record) {
    const data = at(record, "data") ?? record;
    return (
      at(data, "date") !== undefined &&
      typeof at(data, "type") === "string" &&
      (at(data, "log_id") ?? record.log_id ?? at(data, "client_id") ?? at(data, "connection")) !==
        undefined &&
      at(data, "hashes") === undefined
    );
  },
  time: ["data.date", "date"],
  map: [
    ["text", "event.code", "data.type", "type"],
    ["text", "event.id", "data.log_id", "log_id", "data._id", "_id"],
    [
      "text",
      "event.reason",
      "data.details.error.message",
      "details.error.message",
      "data.description",
      "description",
    ],
    ["text", "user.id", "data.user_id", "user_id"],
    ["user", "user", "data.user_name", "user_name", "data.details.prompts.user_name"],
    ["address", "source", "data.ip", "ip"],
    ["text", "source.geo.country_iso_code", "data.location_info.country_code", "location_info.country_code"],
    ["text", "source.geo.city_name", "data.location_info.city_name", "location_info.city_name"],
    ["text", "user_agent.original", "data.user_agent", "user_agent"],
    ["text", "service.name", "data.client_name", "client_name"],
    ["text", "url.domain", "data.hostname", "hostname"],
  ],
  finish(record, { fields }) {
    const type = textOf(at(record, "data", "type") ?? record.type) ?? "";
    fields["event.action"] = Object.hasOwn(actions, type) ? actions[type]! : type;
    if (logins.test(type)) classify(fields, "authentication", "start");
    else if (/lo$/.test(type)) classify(fields, "authentication", "end");
    else classify(fields, /api/.test(type) ? "web" : "iam", /api/.test(type) ? "access" : "info");
    if (/^(?:s|gd_auth_succeed|mgmt)/.test(type) && !/^signup_pwd/.test(type))
      fields["event.outcome"] = "success";
    else if (/^(?:f|gd_auth_(?:failed|rejected)|limit|api_limit|pwd_leak|signup_pwd)/.test(type))
      fields["event.outcome"] = "failure";
  },
});
