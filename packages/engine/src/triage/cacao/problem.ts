/** What is wrong with a playbook, and where: a JSON pointer. */
export interface PlaybookProblem {
  readonly place: string;
  readonly problem: string;
}

const uuid = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}";

/** An identifier of one of these object types, section 10.10. */
export function identifier(types: string): RegExp {
  return new RegExp(`^(?:${types})--${uuid}$`);
}

export const typeName = new RegExp(`^[a-z][a-z0-9-]+[a-z0-9]--${uuid}$`);
