import type { Cloud } from "../../cloud";
import type { Collection } from "../../store/store";
import type { VaultRecord } from "../vaultRecord";

export interface Administrator {
  readonly first_name?: string | null | undefined;
  readonly last_name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

/** An account at a certificate authority. Times are Unix seconds. */
export interface IssuerRecord {
  readonly name: string;
  readonly provider: string;
  readonly accountId?: string | undefined;
  /** The account's password, sealed by the state's key. */
  readonly sealedPassword?: string | undefined;
  readonly organizationId?: string | undefined;
  readonly administrators: readonly Administrator[];
  readonly enabled: boolean;
  readonly created: number;
  readonly updated: number;
}

/** Whom Key Vault would write to about certificates. */
export interface Contact {
  readonly email: string;
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
}

const contactsKey = "contacts";

/** What a vault knows of certificate authorities and of the people who look after certificates. */
export class VaultAuthorities {
  private readonly issuers: Collection<IssuerRecord>;
  private readonly contactLists: Collection<readonly Contact[]>;

  constructor(cloud: Cloud, vault: VaultRecord) {
    this.issuers = cloud.store.collection(`issuers:${vault.name.toLowerCase()}`);
    this.contactLists = cloud.store.collection(`contacts:${vault.name.toLowerCase()}`);
  }

  issuer(name: string): IssuerRecord | undefined {
    return this.issuers.get(name.toLowerCase());
  }

  allIssuers(): IssuerRecord[] {
    return [...this.issuers.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  saveIssuer(issuer: IssuerRecord): IssuerRecord {
    this.issuers.set(issuer.name.toLowerCase(), issuer);
    return issuer;
  }

  deleteIssuer({ name }: IssuerRecord): void {
    this.issuers.delete(name.toLowerCase());
  }

  contacts(): readonly Contact[] | undefined {
    return this.contactLists.get(contactsKey);
  }

  saveContacts(contacts: readonly Contact[]): void {
    this.contactLists.set(contactsKey, contacts);
  }

  deleteContacts(): void {
    this.contactLists.delete(contactsKey);
  }

  removeAll(): void {
    for (const issuer of this.allIssuers()) this.deleteIssuer(issuer);
    this.deleteContacts();
  }
}
