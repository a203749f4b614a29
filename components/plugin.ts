import * as pulumi from "@pulumi/pulumi";
import schema from "./api/schema.json";
import * as components from "./index";

type Component = new (
  name: string,
  args: pulumi.Inputs,
  options: pulumi.ComponentResourceOptions,
) => pulumi.ComponentResource;

interface Offer {
  readonly component: Component;
  readonly outputs: readonly string[];
}

/** What the schema describes, by type token. */
const offers = new Map(
  Object.entries(schema.resources).map(([type, { properties }]): [string, Offer] => {
    const name = type.slice(type.lastIndexOf(":") + 1);
    return [type, { component: Reflect.get(components, name) as Component, outputs: Object.keys(properties) }];
  }),
);

/**
 * Offers the components to programs in any language. The schema is the reviewed one: a program gets what was reviewed,
 * and no compiler runs when the plugin starts.
 */
const provider: pulumi.provider.Provider = {
  version: schema.version,
  getSchema: () => Promise.resolve(JSON.stringify(schema)),
  construct: (name, type, inputs, options) => {
    const offer = offers.get(type);
    if (!offer) return Promise.reject(new Error(`There is no ${type}; there are ${[...offers.keys()].join(", ")}.`));
    const instance = new offer.component(name, inputs, options);
    const state = offer.outputs.map((output) => [output, Reflect.get(instance, output) as unknown]);
    return Promise.resolve({ urn: instance.urn, state: Object.fromEntries(state) as pulumi.Inputs });
  },
};

/** Serves the plugin. Pulumi loads this package by its directory, and calls the function that it finds there. */
export = () => pulumi.provider.main(provider, process.argv.slice(2));
