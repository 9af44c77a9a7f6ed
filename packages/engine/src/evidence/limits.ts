/** Bounds on what an archive may make us write. Evidence is hostile: a small zip can hold petabytes. */
export const containerLimits = {
  depth: 5,
  members: 100_000,
  /** Bytes that one run may spool in all. */
  totalBytes: 64 * 2 ** 30,
  /** Over this size, a member must not be more than `ratio` times its compressed size. */
  ratioFromBytes: 256 * 2 ** 20,
  ratio: 1000,
};

export class ContainerLimitError extends Error {
  readonly code = "container-limit";
}

/** Counts what a run spools and refuses what goes over the limits. */
export class SpoolBudget {
  bytes = 0;
  members = 0;

  addMember(): void {
    if (++this.members > containerLimits.members) {
      throw new ContainerLimitError(`more than ${containerLimits.members} members in all archives`);
    }
  }

  /** `memberBytes` written so far from `sourceBytes` compressed ones; `added` since the last call. */
  addBytes(added: number, memberBytes: number, sourceBytes: number): void {
    this.bytes += added;
    if (this.bytes > containerLimits.totalBytes) {
      throw new ContainerLimitError(
        `archives hold more than ${containerLimits.totalBytes / 2 ** 30} GiB in all`,
      );
    }
    if (memberBytes > containerLimits.ratioFromBytes && memberBytes > sourceBytes * containerLimits.ratio) {
      throw new ContainerLimitError(
        `expands more than ${containerLimits.ratio} times: it looks like an archive bomb`,
      );
    }
  }
}
