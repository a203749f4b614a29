import { declareValuePlugin, PluginKind } from "@stryker-mutator/api/plugin";

const isProse = (text) => /\S\s+\S/.test(text);

/** That a node is a text of several words, which is a message's wording and no behaviour. */
function isMessage(path) {
  if (path.isStringLiteral()) return isProse(path.node.value);
  return path.isTemplateLiteral() && path.node.quasis.some(({ value }) => isProse(value.raw));
}

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Ignore, "message-texts", {
    shouldIgnore: (path) => (isMessage(path) ? "The wording of a message." : undefined),
  }),
];
