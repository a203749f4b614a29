import * as fc from "fast-check";
import { inTurns } from "../../examples/clients/runner/inTurns";

it("works on every item once, on no more than so many at a time, and keeps their order", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(5), { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), async (items, atOnce) => {
      let working = 0;
      let most = 0;
      const results = await inTurns(atOnce, items, async (item) => {
        most = Math.max(most, ++working);
        for (let turn = 0; turn < item; turn++) await Promise.resolve();
        working--;
        return item * 2;
      });
      expect(results).toEqual(items.map((item) => item * 2));
      expect(most).toBeLessThanOrEqual(atOnce);
    }),
  );
});

it("fails as its work fails", async () => {
  await expect(
    inTurns(2, [1, 2, 3], (item) => (item === 2 ? Promise.reject(new Error("two")) : Promise.resolve(item))),
  ).rejects.toThrow("two");
});
