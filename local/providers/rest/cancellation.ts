import { setMaxListeners } from "node:events";

/** What ends a provider's requests. Each request under way listens to it, and the engine makes many at once. */
export function cancellation(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
