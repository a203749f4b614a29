import { CertificateClient, type CertificatePolicy, type KeyVaultCertificate } from "@azure/keyvault-certificates";
import { publicCertificate } from "../../../components/identity/publicCertificate";
import { failureOf } from "../../verify/failure";
import { boundedCalls, environmentCredential, settlingMs } from "../../verify/boundedCalls";
import { keepRefusals } from "../../verify/vault";

/** What a new certificate is to be. */
export interface CertificateWish {
  readonly daemon: string;
  readonly subject: string;
  readonly keySize: number;
  readonly months: number;
}

/** A certificate of the vault, without its private key. */
export interface VaultCertificate {
  /** Public certificate in PEM. */
  readonly pem: string;
  /** URI, without a version, of the secret that holds its private key. */
  readonly secretUri: string;
}

/** Azure renews a self-signed certificate by itself unless it is told to do something else. */
const TELL_PEOPLE = [{ action: "EmailContacts", lifetimePercentage: 80 }] as const;

/** For client authentication. */
const CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

/**
 * What Key Vault is asked for. The private key is made there and can be read there, in the form that MSAL and Azure
 * Identity take. Azure must not renew it: Entra ID would not know the new one.
 */
export const policyOf = ({ subject, keySize, months }: CertificateWish): CertificatePolicy => ({
  issuerName: "Self",
  subject,
  contentType: "application/x-pem-file",
  keyType: "RSA",
  keySize,
  exportable: true,
  reuseKey: false,
  keyUsage: ["digitalSignature"],
  enhancedKeyUsage: [CLIENT_AUTHENTICATION],
  validityInMonths: months,
  lifetimeActions: [...TELL_PEOPLE],
});

/** Certificates of a vault, as the identity that the environment names. */
export class VaultCertificates {
  private readonly client: CertificateClient;

  /** @param seconds how long a call may take */
  constructor(
    private readonly vaultUrl: string,
    seconds: number,
  ) {
    this.client = new CertificateClient(vaultUrl, environmentCredential(seconds), {
      additionalPolicies: [
        { policy: keepRefusals, position: "perCall" },
        { policy: boundedCalls(seconds), position: "perCall" },
      ],
    });
  }

  /** The certificate of a name; undefined where the vault has none. @throws what Key Vault answers */
  async find(name: string): Promise<VaultCertificate | undefined> {
    try {
      return this.seen(name, await this.client.getCertificate(name));
    } catch (error) {
      if (failureOf(error).code === "CertificateNotFound") return undefined;
      throw error;
    }
  }

  /**
   * Has the vault make a certificate.
   * @returns undefined where the name is held by one that was deleted
   * @throws what Key Vault answers
   */
  async make(name: string, wish: CertificateWish): Promise<VaultCertificate | undefined> {
    try {
      const tags = { "managed-by": "azure-daemon-access", daemon: wish.daemon };
      const options = { tags, abortSignal: AbortSignal.timeout(settlingMs) };
      const poller = await this.client.beginCreateCertificate(name, policyOf(wish), options);
      return this.seen(name, await poller.pollUntilDone());
    } catch (error) {
      if (failureOf(error).code === "ObjectIsDeletedButRecoverable") return undefined;
      throw error;
    }
  }

  private seen(name: string, { cer }: KeyVaultCertificate): VaultCertificate {
    const base64 = Buffer.from(cer ?? []).toString("base64");
    const pem = `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
    return { pem: publicCertificate(wrapped(pem)).pem, secretUri: `${this.vaultUrl}/secrets/${name}` };
  }
}

/** In lines as long as PEM has them. */
const wrapped = (pem: string): string =>
  pem.replace(/[A-Za-z0-9+/=]{65,}/, (text) => text.replace(/(.{64})(?=.)/g, "$1\n"));
