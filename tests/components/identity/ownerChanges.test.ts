import { ownerWarning } from "../../../components/identity/ownerChanges";

describe("owners of an application that change places", () => {
  it("are warned of, since whoever deployed before may not change the application any more", () => {
    expect(ownerWarning("loader", ["team", "deployer before"], ["team", "deployer now"])).toBe(
      "loader: deployer before will no longer own the application, and deployer now will. Where two identities deploy this stack, name both in owners.",
    );
  });

  it.each([
    ["is only added", ["team"], ["team", "deployer"]],
    ["is only taken away", ["team", "deployer"], ["team"]],
    ["stays", ["team"], ["team"]],
    ["is not known yet", ["team"], []],
  ])("are nothing to warn of where one %s", (_, before, after) => {
    expect(ownerWarning("loader", before, after)).toBeUndefined();
  });
});
