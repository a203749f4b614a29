import { z } from "zod";
import { type Tell, write } from "../components/checks/refusal";
import { ownersChoice } from "../components/data/dataLakeChecks";
import { DEFAULT_LAKE_SKU, lakeSku } from "../components/data/lakeSkus";
import { checkLifecycle } from "../components/data/lifecycle";

/** What is right about each setting of the vault and the lake by itself, and wrong about them together. */
export const lenientSettings = z.record(z.string(), z.unknown());

type Settings = z.infer<typeof lenientSettings>;

const some = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
const days = some(z.number());

const lenientRules = z
  .array(
    z
      .object({
        name: z.string().catch(""),
        fileSystem: some(z.string()),
        prefix: some(z.string()),
        coolAfterDays: days,
        coldAfterDays: days,
        archiveAfterDays: days,
        deleteAfterDays: days,
      })
      .catch({ name: "" }),
  )
  .catch([]);

const lenientDaemons = z.object({
  daemons: z.array(z.object({ lake: some(z.object({ fileSystem: z.string().catch("") })) }).catch({})).catch([]),
});

/** What a list of networks has twice, in any letter case. What is no text has been told by itself. */
function checkNetworks(tell: Tell, path: string, settings: Settings): void {
  for (const list of ["allowedIpRanges", "allowedSubnetIds"]) {
    const given = z.array(z.unknown()).catch([]).parse(settings[list]);
    const words = given.map((each, at) => (typeof each === "string" ? each.toLowerCase() : at));
    words.forEach((word, index) => {
      const first = words.indexOf(word);
      if (first === index) return;
      const fix = `${path}.${list}[${first}] has it already; remove one of them.`;
      tell(`${path}.${list}[${index}]`, given[index], { needed: "each once", fix });
    });
  }
}

/** A vault that is there takes no settings; one that is brought back has its name. */
export function checkVault(tell: Tell, vault: Settings): void {
  refuseBeside(tell, "vault", vault);
  checkNetworks(tell, "vault", vault);
  if (vault["recover"] === true && vault["name"] === undefined) {
    const needed = "the name of the deleted vault, because recover brings back the one of that name";
    tell("vault.name", undefined, { needed, fix: write("kv-daemons") });
  }
}

/** An account that is there takes no settings; the rules of a new one fit each other and the lake. */
export function checkLake(tell: Tell, lake: Settings, settings: unknown): void {
  refuseBeside(tell, "lake", lake);
  checkNetworks(tell, "lake", lake);
  if (lake["existing"] !== undefined) return;
  const sku = typeof lake["sku"] === "string" && !lakeSku(lake["sku"]) ? lake["sku"] : DEFAULT_LAKE_SKU;
  const fileSystems = lenientDaemons.parse(settings).daemons.flatMap((daemon) => daemon.lake?.fileSystem ?? []);
  const told: Tell = (path, given, refusal) => {
    tell(`lake.${path}`, given, refusal);
  };
  checkLifecycle(told, lenientRules.parse(lake["lifecycle"]), { sku, fileSystems });
}

function refuseBeside(tell: Tell, path: string, settings: Settings): void {
  if (settings["existing"] === undefined) return;
  for (const [name, given] of Object.entries(settings)) {
    if (name !== "existing") tell(`${path}.${name}`, given, ownersChoice);
  }
}
