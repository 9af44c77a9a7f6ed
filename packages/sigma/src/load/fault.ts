/**
 * Why one rule is refused. Thrown inside the loader only, and caught at the rule's border, where it becomes a located
 * diagnostic.
 */
export class RuleFault extends Error {
  readonly code: string;
  /** Path of keys to the offending value. */
  readonly keys: readonly (string | number)[];
  readonly next: string | undefined;

  constructor(code: string, message: string, keys: readonly (string | number)[] = [], next?: string) {
    super(message);
    this.code = code;
    this.keys = keys;
    this.next = next;
  }
}
