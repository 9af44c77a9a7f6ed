/** What Firebreak uses of libyara-wasm 1.2.1, which brings no types. Vectors live in the module's memory until deleted. */
declare module "libyara-wasm" {
  interface Vector<T> {
    size(): number;
    get(index: number): T;
    delete(): void;
  }
  interface CompileError {
    readonly message: string;
    readonly lineNumber: number;
    readonly warning: boolean;
  }
  interface MatchedRule {
    readonly ruleName: string;
    readonly resolvedMatches: Vector<{ readonly location: number }>;
  }
  interface Result {
    readonly compileErrors: Vector<CompileError>;
    readonly matchedRules: Vector<MatchedRule>;
    delete(): void;
  }
  interface Yara {
    run(bytes: Uint8Array, rules: string): Result;
  }
  export default function load(): Promise<Yara>;
}
