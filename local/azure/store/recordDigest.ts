import { createHash } from "node:crypto";

/** One number for all records of a store, whatever their order: it tells a lost or an altered one. */
export class RecordDigest {
  private readonly ofEach = new Map<string, bigint>();
  private sum = 0n;

  /** The number, as the store keeps it. */
  get text(): string {
    return this.sum.toString(16);
  }

  set(key: string, value: string): void {
    this.delete(key);
    const own = createHash("sha256").update(key).update("\0").update(value).digest().readBigUInt64BE();
    this.ofEach.set(key, own);
    this.sum ^= own;
  }

  delete(key: string): void {
    const own = this.ofEach.get(key);
    if (own !== undefined) {
      this.ofEach.delete(key);
      this.sum ^= own;
    }
  }
}
