import schema from "../../../components/api/schema.json";

interface Property {
  readonly type?: string;
  readonly $ref?: string;
  readonly additionalProperties?: Property;
}
type Properties = Readonly<Record<string, Property>>;
interface Shape {
  readonly properties?: Properties;
  readonly inputProperties?: Properties;
  readonly requiredInputs?: readonly string[];
}

const resources = schema.resources as Readonly<Record<string, Shape>>;
const types = schema.types as Readonly<Record<string, Shape>>;

/** A component of the package by the short token that YAML writes, `azure-daemon-access:<Class>`. */
export function componentOf(token: string): Shape | undefined {
  return resources[token.replace(":", ":index:")];
}

/** Whether an output of a component has a path such as `daemons["forecast-loader"].clientId`. */
export function hasPath(component: Shape, path: string): boolean {
  const steps = [...path.matchAll(/\["([^"]+)"\]|\.?([\w-]+)/g)].map(([, key, name]) => key ?? name ?? "");
  const [first = "", ...rest] = steps;
  const end = rest.reduce<Property | undefined>(inner, component.properties?.[first]);
  return end !== undefined;
}

function inner(property: Property | undefined, step: string): Property | undefined {
  if (property?.additionalProperties) return property.additionalProperties;
  const type = types[property?.$ref?.replace("#/types/", "") ?? ""];
  return type?.properties?.[step];
}
