import type { Tell } from "../components/checks/refusal";

interface Daemon {
  readonly formerName?: string | undefined;
  readonly nameInVault?: string | undefined;
  readonly certificate?: { readonly certificates: readonly { readonly secretUri: string }[] } | undefined;
  readonly readers: readonly { readonly objectId: string }[];
}

/** A former name is one that no daemon has any more, and that one of them had. */
export function checkFormerNames(tell: Tell, daemons: readonly Daemon[], names: readonly string[]): void {
  const former = daemons.map(({ formerName = "" }) => formerName);
  former.forEach((word, index) => {
    if (word === "" || (!names.includes(word) && former.indexOf(word) === index)) return;
    tell(`daemons[${index}].formerName`, word, {
      needed: "the one name that the daemon had before, which no daemon has now",
      fix: "Correct it, or remove it if the daemon already has its new name.",
    });
  });
}

/** Two daemons would write one secret. */
export function checkNamesInVault(tell: Tell, daemons: readonly Daemon[], names: readonly string[]): void {
  const inVault = daemons.map(({ nameInVault }, index) => nameInVault ?? names[index]);
  daemons.forEach(({ nameInVault }, index) => {
    const other = inVault.findIndex((word, at) => at !== index && word === nameInVault);
    if (nameInVault === undefined || other === -1) return;
    tell(`daemons[${index}].nameInVault`, nameInVault, {
      needed: "a name that no other daemon has in the vault",
      fix: `The secrets of daemons[${other}] have it; give that daemon another nameInVault, or this one.`,
    });
  });
}

/**
 * A private key of two daemons whose reader is the same would need the same role assignment twice, which Azure refuses.
 *
 * @param everyone the readers of every daemon, in lowercase letters
 */
export function checkPrivateKeys(tell: Tell, daemons: readonly Daemon[], everyone: readonly string[]): void {
  const firstUse = new Map<string, string>();
  daemons.forEach(({ certificate, readers }, index) => {
    const own = new Map<string, string>();
    (certificate?.certificates ?? []).forEach(({ secretUri }, at) => {
      const path = `daemons[${index}].certificate.certificates[${at}].secretUri`;
      for (const reader of new Set([...everyone, ...readers.map(({ objectId }) => objectId.toLowerCase())])) {
        own.set(`${secretUri.toLowerCase()} ${reader}`, path);
        const first = secretUri === "" ? undefined : firstUse.get(`${secretUri.toLowerCase()} ${reader}`);
        if (first === undefined) continue;
        const needed = `a private key that no other daemon has, because ${reader} reads both`;
        tell(path, secretUri, { needed, fix: `It is ${first} too; give each daemon a certificate of its own.` });
        break;
      }
    });
    for (const [use, path] of own) if (!firstUse.has(use)) firstUse.set(use, path);
  });
}
