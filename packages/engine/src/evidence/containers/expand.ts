import type { Expanded, ExpandOptions } from "./expanded.ts";
import type { ContainerKind } from "./kind.ts";
import { expandSevenZip } from "./seven-zip.ts";
import { expandStream } from "./stream.ts";
import { expandTar } from "./tar.ts";
import { expandZip } from "./zip.ts";

/** Spools every member of a container. Faults are values: a broken member never hides its neighbours. */
export async function* expandContainer(
  file: string,
  kind: ContainerKind,
  options: ExpandOptions,
): AsyncGenerator<Expanded> {
  if (kind === "zip") yield* expandZip(file, options);
  else if (kind === "tar") yield* expandTar(file, options);
  else if (kind === "7z" || kind === "rar") yield* expandSevenZip(file, options);
  else yield await expandStream(file, kind, options);
}
