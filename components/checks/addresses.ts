import { type Check, write } from "./refusal";

const NEEDED = "a public IPv4 address, or a range of them in CIDR notation from /8 to /30";
const EXAMPLE = "203.0.113.0/24";
const SHORTEST_PREFIX = 8;
const LONGEST_PREFIX = 30;

/** Address blocks that no client of a public endpoint comes from: 10/8, 100.64/10, 127/8, 169.254/16, 172.16/12, 192.168/16. */
const NOT_PUBLIC: readonly (readonly [number, number])[] = [
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0a80000, 16],
];

/** What the firewalls of Key Vault and of storage accounts both take. */
export const ipRange: Check = (value) => {
  const [address = "", prefixText, ...rest] = value.split("/");
  const bits = addressBits(address);
  const prefix = prefixText === undefined ? undefined : prefixLength(prefixText);
  if (bits === undefined || rest.length > 0 || (prefixText !== undefined && prefix === undefined)) {
    return { needed: NEEDED, fix: write(EXAMPLE) };
  }
  if (prefix !== undefined && prefix < SHORTEST_PREFIX) {
    return { needed: NEEDED, fix: "A range this wide allows everyone; set the addresses of your clients." };
  }
  if (prefix !== undefined && prefix > LONGEST_PREFIX) {
    return { needed: NEEDED, fix: `Write the address alone: "${address}".` };
  }
  if (NOT_PUBLIC.some(([block, length]) => network(bits, length) === block)) {
    return {
      needed: NEEDED,
      fix: "Azure sees public addresses only; write the one your clients leave their network by.",
    };
  }
  if (prefix !== undefined && network(bits, prefix) !== bits) {
    return {
      needed: NEEDED,
      fix: `Write the range by its first address: "${dotted(network(bits, prefix))}/${prefix}".`,
    };
  }
  return undefined;
};

/** The first and the last address of a range that {@link ipRange} takes. */
export function rangeEnds(range: string): { startIpAddress: string; endIpAddress: string } {
  const [address = "", prefix = "32"] = range.split("/");
  const first = addressBits(address) ?? 0;
  return { startIpAddress: dotted(first), endIpAddress: dotted(first + 2 ** (32 - Number(prefix)) - 1) };
}

function addressBits(text: string): number | undefined {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)) {
    return undefined;
  }
  return octets.reduce((bits, octet) => bits * 256 + Number(octet), 0);
}

function prefixLength(text: string): number | undefined {
  return /^(?:0|[1-9]\d?)$/.test(text) && Number(text) <= 32 ? Number(text) : undefined;
}

/** Division, because JavaScript's shifts are signed. */
function network(bits: number, prefix: number): number {
  const size = 2 ** (32 - prefix);
  return Math.floor(bits / size) * size;
}

const dotted = (bits: number): string => [24, 16, 8, 0].map((shift) => Math.floor(bits / 2 ** shift) % 256).join(".");
