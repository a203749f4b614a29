/** NODE_OPTIONS that also load a file into every Node.js program. @param options what it holds already */
export function withPreload(options: string, file: string): string {
  const preload = `--require ${quoted(file)}`;
  return options.includes(preload) ? options : `${options} ${preload}`.trim();
}

/** JAVA_TOOL_OPTIONS: Java reads its proxy and its CA from system properties alone. */
export function javaOptions(proxyUrl: string, trustStore: string): string {
  const { hostname, port } = new URL(proxyUrl);
  const properties = {
    "https.proxyHost": hostname,
    "https.proxyPort": port,
    "javax.net.ssl.trustStore": trustStore,
    "javax.net.ssl.trustStoreType": "PKCS12",
  };
  return Object.entries(properties)
    .map(([name, value]) => quoted(`-D${name}=${value}`))
    .join(" ");
}

/** One word of such a variable: quotes keep its spaces. */
const quoted = (word: string): string => (/[\s"\\]/.test(word) ? `"${word.replace(/["\\]/g, "\\$&")}"` : word);
