import { createServer } from "node:https";
import { generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { LocalAzure } from "../../local/azure/localAzure";
import { landingZoneSecret } from "../../local/azure/landingZone/secret";

/** What a server of its own process tells the benchmark. */
export interface ServerReady {
  readonly port: number;
  /** Secret of the landing zone's administrator; the floor has none. */
  readonly secret?: string;
}

/** What the floor answers: the very headers and body that local Azure has answered. */
export interface Answer {
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/**
 * Runs the server to measure in a process of its own: local Azure, or the floor, a bare Node.js server with the same certificate
 * that reads each request and gives the same answer, after an RSA signature where a token needs one.
 */
async function main(kind: string, directory: string, { headers, body }: Answer): Promise<void> {
  if (kind === "azure") {
    const azure = await LocalAzure.open({ stateDirectory: directory });
    tell({
      port: Number(new URL(azure.proxyUrl).port),
      secret: landingZoneSecret(azure.cloud.stateKey, "administrator"),
    });
    return;
  }
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const answer =
    kind === "signature" ? (done: () => void) => sign("RSA-SHA256", Buffer.from(body), privateKey, done) : undefined;
  const certificates = join(directory, "certificates");
  const server = createServer(
    { key: readFileSync(join(certificates, "gateway-key.pem")), cert: readFileSync(join(certificates, "gateway.pem")) },
    (req, res) => {
      req.resume();
      req.on("end", () => {
        const send = (): void => {
          res.writeHead(200, headers.flat());
          res.end(body);
        };
        if (answer === undefined) send();
        else answer(send);
      });
    },
  );
  server.keepAliveTimeout = 60_000;
  server.listen(0, "127.0.0.1", () => tell({ port: (server.address() as AddressInfo).port }));
}

function tell(ready: ServerReady): void {
  process.send?.(ready);
}

const [, , kind = "", directory = "", answer = "{}"] = process.argv;
process.on("disconnect", () => process.exit());
void main(kind, directory, JSON.parse(answer) as Answer);
