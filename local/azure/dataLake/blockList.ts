import { invalidXml } from "./blockRefusal";

/** An entry of a block list: where the block is looked for, and its ID. */
export interface ListedBlock {
  readonly from: "Committed" | "Uncommitted" | "Latest";
  readonly block: string;
}

const document = /^\uFEFF?\s*(?:<\?xml[^>]*\?>)?\s*<BlockList(?:\s[^>]*)?(?:\/>|>(?<entries>[\s\S]*)<\/BlockList>)\s*$/;
const entry = /\s*<(Committed|Uncommitted|Latest)>\s*([A-Za-z0-9+/=]*)\s*<\/\1>\s*/y;

/** Reads `<BlockList><Latest>…</Latest>…</BlockList>`; the order of the entries is that of the blob. @throws Refusal */
export function readBlockList(text: string): ListedBlock[] {
  const found = document.exec(text);
  if (found === null) {
    throw invalidXml();
  }
  const entries = found.groups?.["entries"]?.trim() ?? "";
  const list: ListedBlock[] = [];
  entry.lastIndex = 0;
  while (entry.lastIndex < entries.length) {
    const [, from, block = ""] = entry.exec(entries) ?? [];
    if (from === undefined) {
      throw invalidXml();
    }
    list.push({ from: from as ListedBlock["from"], block });
  }
  return list;
}
