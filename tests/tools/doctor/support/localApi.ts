import {
  claimsOf,
  services,
  type Answer,
  type Api,
  type Claims,
  type ServiceName,
} from "../../../../tools/doctor/azure/api";
import { refusalIn } from "../../../../tools/doctor/azure/failure";
import type { LocalAzureForTests } from "../../../support/localAzure";

/** Doctor's questions to a local Azure in this process, as one client. */
export class LocalApi implements Api {
  private readonly tokens = new Map<ServiceName, Promise<string>>();

  constructor(
    private readonly azure: LocalAzureForTests,
    private readonly client: { readonly clientId: string; readonly clientSecret: string },
  ) {}

  get(service: ServiceName, address: string): Promise<Answer> {
    return this.send("GET", service, address);
  }

  post(service: ServiceName, address: string, body: unknown): Promise<Answer> {
    return this.send("POST", service, address, JSON.stringify(body));
  }

  async claims(service: ServiceName): Promise<Claims> {
    return claimsOf(await this.token(service));
  }

  private async send(method: string, service: ServiceName, address: string, body?: string): Promise<Answer> {
    const url = address.startsWith("https://") ? address : `${services[service].root}${address}`;
    const response = await this.azure.fetch(url, {
      method,
      headers: { authorization: `Bearer ${await this.token(service)}`, "content-type": "application/json" },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    const answer = { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : undefined };
    return response.status < 300 ? answer : { ...answer, refusal: refusalIn(response.status, answer.body) };
  }

  private token(service: ServiceName): Promise<string> {
    const known = this.tokens.get(service) ?? this.azure.tokenFor({ ...this.client, scope: services[service].scope });
    this.tokens.set(service, known);
    return known;
  }
}
