// The two systems' REST APIs. Tokens go into a header only.
/* global AbortSignal */

/**
 * @param {{ method?: string, url: string, token: string, body?: unknown }} request
 * @returns {Promise<any>} the answer
 */
export async function rest({ method = "GET", url, token, body }) {
  const reply = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!reply.ok) {
    const text = (await reply.text()).slice(0, 500);
    throw new Error(`${method} ${new URL(url).pathname} answered ${reply.status}: ${text}`);
  }
  return await reply.json();
}

/** All items of a GitHub list, page by page. @param {{ url: string, token: string }} list */
export async function everyPage({ url, token }) {
  const items = [];
  for (let page = 1; ; page += 1) {
    const separator = url.includes("?") ? "&" : "?";
    const found = await rest({ url: `${url}${separator}per_page=100&page=${page}`, token });
    items.push(...found);
    if (found.length < 100) {
      return items;
    }
  }
}

/** Text cut to what a system takes, saying so. @param {string} text @param {number} limit characters */
export function fitting(text, limit) {
  const note = "\n\n_Cut here: the whole summary is among the artifacts of the run._\n";
  return text.length <= limit ? text : text.slice(0, limit - note.length) + note;
}

/** Runs a step's work, and tells its failure in a line. @param {() => Promise<void>} work */
export async function step(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
