import type { ServerResponse } from "node:http";
import type { Delivery } from "../http/message";

/** In how many pieces a slow body comes. */
const pieces = 10;

/** Sends the body of an answer whose head is written. */
export function deliver(res: ServerResponse, body: string | Buffer, delivery: Delivery | undefined): void {
  if (delivery === "half") {
    const whole = Buffer.from(body);
    res.write(whole.subarray(0, Math.floor(whole.length / 2)), () => res.destroy());
  } else if (typeof delivery === "object") {
    deliverSlowly(res, Buffer.from(body), delivery.slowMs);
  } else {
    res.end(body);
  }
}

function deliverSlowly(res: ServerResponse, body: Buffer, ms: number): void {
  res.flushHeaders();
  const size = Math.max(1, Math.ceil(body.length / pieces));
  let sent = 0;
  const timer = setInterval(() => {
    const piece = body.subarray(sent, sent + size);
    sent += size;
    if (sent < body.length) {
      res.write(piece);
    } else {
      clearInterval(timer);
      res.end(piece);
    }
  }, ms / pieces);
  res.once("close", () => {
    clearInterval(timer);
  });
}
