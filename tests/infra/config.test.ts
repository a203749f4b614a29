import * as pulumi from "@pulumi/pulumi";
import { readConfiguration } from "../../infra/config";
import { ConfigurationError } from "../../infra/configurationError";
import { asPulumiHasThem, stackSettings } from "../support/stackSettings";
import { daemon, GUID, minimal, now, problems, read, withDaemon, workspace } from "./support/settings";

describe("the configuration", () => {
  it("takes the development stack's file", () => {
    expect(read(stackSettings("dev")).daemons.map(({ name }) => name)).toEqual(["forecast-loader", "report-mailer"]);
  });

  it("reads dates at the moment it is given, in whole seconds", () => {
    expect(read(minimal).asOf).toBe("2030-02-01T10:20:30Z");
  });

  it("reads dates at the moment that asOf pins", () => {
    expect(read({ ...minimal, asOf: "2031-05-06T07:08:09+02:00" }).asOf).toBe("2031-05-06T05:08:09Z");
  });

  it("takes an empty text for one that was left out, as Pulumi.yaml's defaults are", () => {
    expect(read({ ...minimal, asOf: "", workspaceId: "" })).not.toHaveProperty("workspaceId");
  });

  it("takes an empty group for one that was left out, as Pulumi.yaml's defaults are", () => {
    const groups = ["tags", "vault", "lake", "dataLakeGen1"];
    const read = readConfiguration(
      { ...asPulumiHasThem(minimal), ...Object.fromEntries(groups.map((each) => [each, "{}"])) },
      now,
    );
    for (const each of groups) expect(read).not.toHaveProperty(each);
  });

  it("lets a daemon have a privileged role where it says so", () => {
    const machineLearning = { role: "Owner", allowPrivilegedRole: true, workspaceId: workspace() };
    expect(read(withDaemon({ machineLearning })).daemons[0]?.machineLearning).toEqual(machineLearning);
  });

  it("tells every wrong element of a list by its own path, in every list and daemon", () => {
    const wrong = { ...daemon, graph: { permissions: ["One", "Two"] }, owners: ["a", GUID, "b"] };
    const paths = problems({
      ...minimal,
      vault: { allowedIpRanges: ["10.0.0.1", "203.0.113.7", "10.0.0.2"] },
      daemons: [wrong, { ...wrong, name: "mailer" }],
    }).map((line) => /^azure-daemon-access:(\S+): got "/.exec(line)?.[1]);
    const of = (at: number) =>
      ["owners[0]", "owners[2]", "graph.permissions[0]", "graph.permissions[1]"].map(
        (each) => `daemons[${at}].${each}`,
      );
    expect(paths).toEqual(["vault.allowedIpRanges[0]", "vault.allowedIpRanges[2]", ...of(0), ...of(1)]);
  });

  it("tells what a list has twice, in whatever letter case", () => {
    const again = GUID.toUpperCase();
    const subnet = `${workspace().replace(/Microsoft.*/, "")}Microsoft.Network/virtualNetworks/v/subnets/s`;
    const given = {
      ...minimal,
      readers: [{ objectId: GUID }, { objectId: again }],
      vault: { allowedSubnetIds: [subnet, subnet.toUpperCase()], allowedIpRanges: ["203.0.113.7", "203.0.113.7"] },
      daemons: [{ ...daemon, owners: [GUID, again] }],
    };
    expect(problems(given).map((line) => /^azure-daemon-access:(\S+): got/.exec(line)?.[1])).toEqual([
      "vault.allowedIpRanges[1]",
      "vault.allowedSubnetIds[1]",
      "readers[1].objectId",
      "daemons[0].owners[1]",
    ]);
  });

  it("tells a daemon's former name that a daemon has still, or that two had", () => {
    const formerly = (...names: (readonly [name: string, formerName: string])[]) =>
      problems({ ...minimal, daemons: names.map(([name, formerName]) => ({ ...daemon, name, formerName })) });
    expect(formerly(["loader", "fetcher"], ["mailer", "sender"])).toEqual([]);
    const refused =
      "; needed the one name that the daemon had before, which no daemon has now. Correct it, or remove it if the daemon already has its new name.";
    expect(formerly(["loader", "loader"])).toEqual([
      `azure-daemon-access:daemons[0].formerName: got "loader"${refused}`,
    ]);
    expect(formerly(["loader", "old"], ["mailer", "old"])).toEqual([
      `azure-daemon-access:daemons[1].formerName: got "old"${refused}`,
    ]);
  });

  it("tells tags that Azure would refuse by their names or number", () => {
    const tags = { "a/b": "x", owner: "x", Owner: "y" };
    expect(problems({ ...minimal, tags }).map((line) => /^azure-daemon-access:(\S+): got/.exec(line)?.[1])).toEqual([
      'tags["a/b"]',
      "tags.Owner",
    ]);
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`t${index}`, "x"]));
    expect(problems({ ...minimal, tags: many })[0]).toContain("needed at most 50 tags, not 51.");
  });

  it("fails without a stack trace in Pulumi's output", () => {
    expect(pulumi.RunError.isInstance(new ConfigurationError([]))).toBe(true);
  });

  it("tells every problem in one error, each on its line", () => {
    expect(() => read({ ...minimal, location: "West Europe", resourceGroupName: "rg." })).toThrow(
      [
        "The configuration of this stack has 2 problems, and nothing was deployed:",
        '  azure-daemon-access:location: got "West Europe"; needed a region\'s short name, lowercase letters and digits without spaces. Write "westeurope".',
        '  azure-daemon-access:resourceGroupName: got "rg."; needed a resource group\'s name: 1 to 90 letters, digits, underscores, hyphens, points and brackets, no point last. Write, for example, "rg-daemons".',
        "Change it in Pulumi.<stack>.yaml; Pulumi.yaml says what each setting is for.",
      ].join("\n"),
    );
  });
});

describe("the configuration refuses", () => {
  it("what is wrong between settings beside what is wrong with one", () => {
    const settings = { ...minimal, location: "?", daemons: [daemon, { ...daemon, secret: {}, oops: 1 }] };
    expect(problems(settings).map((line) => line.replace(/: .*/, ""))).toEqual([
      "azure-daemon-access:location",
      "azure-daemon-access:daemons[1].oops",
      "azure-daemon-access:daemons[1].name",
      "azure-daemon-access:daemons[1].secret",
    ]);
  });

  it("an encrypted setting without telling anything of it", () => {
    const settings = {
      ...withDaemon({ name: "HUSH", formats: ["hush", "hush"] }),
      location: "Hush Hush",
      vault: "{hush",
    };
    expect(problems(settings, ["location", "vault", "daemons"])).toEqual(
      ["vault", "location", "daemons"].map(
        (setting) =>
          `azure-daemon-access:${setting}: is invalid; its value is encrypted, so it is not shown. Set it without --secret; it holds no secret.`,
      ),
    );
  });
});
