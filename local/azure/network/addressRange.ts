/** A range of IPv4 addresses: "203.0.113.10", or "203.0.113.0/24". */
export interface AddressRange {
  readonly first: number;
  readonly prefix: number;
}

/** Reads an address or a CIDR range; undefined where the text is neither. */
export function addressRange(text: string): AddressRange | undefined {
  const [address = "", prefixText = "32", ...rest] = text.split("/");
  const first = addressNumber(address);
  const prefix = /^\d{1,2}$/.test(prefixText) ? Number(prefixText) : 33;
  return first === undefined || prefix > 32 || rest.length > 0 ? undefined : { first, prefix };
}

/** Whether an address lies in a range. Text that is no range holds nothing. */
export function rangeHolds(range: string, address: string): boolean {
  const parsed = addressRange(range);
  const number = addressNumber(address);
  if (parsed === undefined || number === undefined) {
    return false;
  }
  const size = 2 ** (32 - parsed.prefix);
  return Math.floor(number / size) === Math.floor(parsed.first / size);
}

const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Whether an address or range begins in the private space of RFC 1918, which no Azure firewall can name. */
export function isPrivate(range: string): boolean {
  return privateRanges.some((candidate) => rangeHolds(candidate, range.split("/")[0] ?? ""));
}

function addressNumber(address: string): number | undefined {
  const parts = address.split(".");
  const wellFormed = parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
  return wellFormed ? parts.reduce((sum, part) => sum * 256 + Number(part), 0) : undefined;
}
