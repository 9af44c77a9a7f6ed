import { isObject } from "@firebreak/model/collections";
import type { PlaybookProblem } from "./problem.ts";

/** Section 10.18.3. */
const variableName = /^__[a-zA-Z_][a-zA-Z0-9_-]{0,199}__$/;

/** The variables of a playbook or a step: names, types and values as section 10.18 has them. */
export function checkVariables(variables: unknown, place: string): PlaybookProblem[] {
  if (!isObject(variables)) return [];
  return Object.entries(variables).flatMap(([name, variable]) => {
    const problems: PlaybookProblem[] = [];
    if (!variableName.test(name))
      problems.push({ place: `${place}/${name}`, problem: "a variable's name is __name__" });
    if (!isObject(variable) || typeof variable.type !== "string")
      problems.push({ place: `${place}/${name}`, problem: "a variable states its type" });
    else if (!["string", "undefined"].includes(typeof variable.value) && variable.value !== null)
      problems.push({ place: `${place}/${name}/value`, problem: "a text or null" });
    return problems;
  });
}
