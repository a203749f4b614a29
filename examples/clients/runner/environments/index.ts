import type { Client } from "../catalogue";
import type { MakeEnvironment } from "./environment";
import { goEnvironment } from "./go";
import { javaEnvironment } from "./java";
import { nodeEnvironment } from "./node";
import { pythonEnvironment } from "./python";

const makers: Readonly<Record<Client["language"], MakeEnvironment>> = {
  python: pythonEnvironment,
  node: nodeEnvironment,
  java: javaEnvironment,
  go: goEnvironment,
};

/** Makes or finds a client's environment, in whatever language it is written. */
export const environmentOf: MakeEnvironment = (client, workshop) => makers[client.language](client, workshop);
