export interface ExampleFile {
  /** Below the example's folder. */
  path: string;
  content: string | Uint8Array;
}
