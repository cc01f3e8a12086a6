/** Groups as people write them: `team:eng`. The engine has the last word. */

const group = /^[\p{L}\p{N}._@+-]{1,64}:[\p{L}\p{N}._@+-]{1,64}$/u;

/** The first that is no group, or null. */
export function wrongGroup(groups: readonly string[]): string | null {
  return groups.find((one) => !group.test(one)) ?? null;
}
