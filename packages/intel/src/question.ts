import type { Question } from "./provider.ts";

/** A question for the report itself by GET. */
export function get(path: string, part = "report"): Question {
  return { part, method: "GET", path, rank: 0 };
}

/** A question for the report itself by POST, with the fields of a form. */
export function postForm(path: string, fields: Readonly<Record<string, string>>): Question {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return {
    part: "report",
    method: "POST",
    path,
    headers,
    body: new URLSearchParams(fields).toString(),
    rank: 0,
  };
}

/** A question for the report itself by POST, as JSON. */
export function postJson(path: string, body: unknown): Question {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  return { part: "report", method: "POST", path, headers, body: JSON.stringify(body), rank: 0 };
}
