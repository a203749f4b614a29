import { oneOf } from "../checks/oneOf";

/** What differs from cloud to cloud where tokens are exchanged. */
export interface FederationCloud {
  /** The audience that a token must be made for. */
  readonly audience: string;
  /** Where the cloud's own tenants issue tokens. */
  readonly signIn: string;
  /** How the cloud is called in the subject of a token that Microsoft Entra ID makes for another service. */
  readonly subjectName: string;
}

/** By the names that the azuread provider has for them. */
const clouds = {
  public: {
    audience: "api://AzureADTokenExchange",
    signIn: "https://login.microsoftonline.com",
    subjectName: "pub",
  },
  usgovernment: {
    audience: "api://AzureADTokenExchangeUSGov",
    signIn: "https://login.microsoftonline.us",
    subjectName: "usg",
  },
  china: {
    audience: "api://AzureADTokenExchangeChina",
    signIn: "https://login.partner.microsoftonline.cn",
    subjectName: "chn",
  },
} satisfies Readonly<Record<string, FederationCloud>>;

export const DEFAULT_CLOUD = "public";
export const cloudNames: readonly string[] = Object.keys(clouds);
export const cloudName = oneOf("a cloud", cloudNames);

/** A cloud by its checked name. */
export const federationCloud = (name: string): FederationCloud =>
  new Map<string, FederationCloud>(Object.entries(clouds)).get(name) ?? clouds[DEFAULT_CLOUD];
