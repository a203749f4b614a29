import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import type { AzureResponse } from "../../../../local/azure/http/message";
import { Outbox } from "../../../../local/azure/network/outbox";

const sent: string[] = [];

class NotedResponse extends ServerResponse {
  constructor(
    req: IncomingMessage,
    private readonly name: string,
  ) {
    super(req);
  }

  override end(): this {
    sent.push(this.name);
    return this;
  }
}

function put(outbox: Outbox, name: string, response: AzureResponse = { status: 200 }): ServerResponse {
  const req = new IncomingMessage(new Socket());
  const res = new NotedResponse(req, name);
  outbox.put(req, res, response);
  return res;
}

beforeEach(() => {
  sent.length = 0;
});

it("sends the answers of one turn together at its end, in the order they came", async () => {
  const outbox = new Outbox();
  put(outbox, "first");
  put(outbox, "second");
  await Promise.resolve();
  expect(sent).toEqual([]);
  await turn();
  expect(sent).toEqual(["first", "second"]);
});

it("sends the others where one can't be sent, and ends its connection", async () => {
  const outbox = new Outbox();
  const broken = put(outbox, "broken", { status: 200, headers: { "x-text": "line\nbreak" } });
  put(outbox, "whole");
  await turn();
  expect(sent).toEqual(["whole"]);
  expect(broken.destroyed).toBe(true);
});

it("sends what comes while it sends in the next turn", async () => {
  const outbox = new Outbox();
  put(outbox, "first");
  await turn();
  put(outbox, "second");
  await turn();
  expect(sent).toEqual(["first", "second"]);
});
