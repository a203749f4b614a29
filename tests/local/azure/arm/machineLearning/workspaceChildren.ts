import { location, workspaceId } from "../../../../../local/azure/landingZone/layout";
import type { LocalAzureForTests } from "../../../../support/localAzure";
import { Arm, errorOf, type ArmReply } from "../armClient";

export const compute = `${workspaceId}/computes/cpu-cluster`;

/** The body of a cluster. */
export const cluster = (more: object = {}, scaleSettings: object = { maxNodeCount: 2 }) => ({
  location,
  properties: {
    computeType: "AmlCompute",
    properties: { vmSize: "Standard_DS3_v2", scaleSettings, ...more },
  },
});

export const outcome = (reply: ArmReply): [number, string] => [reply.status, errorOf(reply).code];
export const propertiesOf = ({ body }: ArmReply): Record<string, unknown> =>
  (body as { properties: Record<string, unknown> }).properties;

/** Makes what is in a workspace, as the subscription's administrator. */
export class WorkspaceChildren {
  readonly arm: Arm;

  constructor(azure: LocalAzureForTests) {
    this.arm = new Arm(azure);
  }

  /** Waits for the operation that an answer began. */
  async follow({ headers }: ArmReply): Promise<ArmReply | undefined> {
    const address = headers.get("azure-asyncoperation") ?? headers.get("location") ?? "";
    return (await this.arm.follow("administrator", address)).at(-1);
  }

  /** Puts a resource, and waits until it is made. */
  async make(id: string, body: object): Promise<ArmReply> {
    const accepted = await this.arm.put("administrator", id, body);
    await this.follow(accepted);
    return accepted;
  }

  act(id: string, body?: object): Promise<ArmReply> {
    return this.arm.send("administrator", "POST", id, body);
  }
}
