/** What is said of others on a shared observable weighs this much of its weight: malware uses public resolvers and CDNs too. */
const sharedFactor = 0.3;

export const sharedRemark = " Many unrelated parties share this observable, so this weighs little here.";

export function dampForShared(weight: number): number {
  return Math.round(weight * sharedFactor);
}
