import type { IncomingMessage } from "node:http";
import { BodyTooLarge } from "../http/incoming";

/** The most that Azure's own clients send at once by default: a blob that is not in blocks. */
export const maxBodyBytes = 256 * 1024 * 1024;

/** Whether a request has a body, from its headers. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

/**
 * Reads a request's body. What is too long is read to its end and dropped, so that the client gets to read its answer.
 *
 * @throws BodyTooLarge as soon as that is known
 */
export function readBody(req: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    if (Number(req.headers["content-length"] ?? 0) > maxBodyBytes) {
      req.resume();
      reject(new BodyTooLarge(maxBodyBytes));
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    req.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        reject(new BodyTooLarge(maxBodyBytes));
      }
    });
    req.on("end", () => {
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks));
    });
    req.on("error", reject);
    req.on("close", () => {
      reject(new Error("the client went away"));
    });
  });
}
