import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The two calls of HashiCorp Vault's transit engine that the engine's secrets provider makes. It hides nothing. */
export class TransitVault {
  private constructor(
    readonly address: string,
    readonly close: () => void,
  ) {}

  static open(): Promise<TransitVault> {
    const server = createServer((request, response) => {
      let text = "";
      request.on("data", (part: Buffer) => (text += part.toString("utf8")));
      request.on("end", () => {
        const { plaintext = "", ciphertext = "" } = JSON.parse(text || "{}") as Record<string, string>;
        const encrypts = request.url?.includes("/encrypt/") === true;
        const data = encrypts ? { ciphertext: `vault:v1:${plaintext}` } : { plaintext: ciphertext.slice(9) };
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ data }));
      });
    });
    return new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo;
        const close = (): void => {
          server.closeAllConnections();
          server.close();
        };
        resolve(new TransitVault(`http://127.0.0.1:${port}`, close));
      });
    });
  }
}
