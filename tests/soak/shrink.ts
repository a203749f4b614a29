/**
 * Makes a failing list small: leaves out halves, then quarters, and so on down to single items, as long as what is left
 * still fails.
 *
 * @param fails whether a list fails
 * @param tries how many lists may be tried
 */
export async function smallest<Item>(
  items: readonly Item[],
  fails: (items: readonly Item[]) => Promise<boolean>,
  tries: number,
): Promise<readonly Item[]> {
  let left = items;
  let size = Math.ceil(left.length / 2);
  let tried = 0;
  while (left.length > 0 && size >= 1) {
    let isSmaller = false;
    for (let start = 0; start < left.length && tried < tries;) {
      const without = [...left.slice(0, start), ...left.slice(start + size)];
      tried += 1;
      if (await fails(without)) {
        left = without;
        isSmaller = true;
      } else {
        start += size;
      }
    }
    if (tried >= tries) break;
    if (size === 1 && !isSmaller) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return left;
}
