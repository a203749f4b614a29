import type { PulumiFn } from "@pulumi/pulumi/automation";
import { CredentialVault, DaemonAccess, DataLake } from "../../components/index";
import { allowedIpRange, daemonName, endDate, fileSystem, graphPermission, landing } from "./setting";

/** One vault, one lake, and each daemon's access through {@link DaemonAccess}. */
export const daemonAccessProgram =
  (daemons: number): PulumiFn =>
  () => {
    const { resourceGroupName, location, workspaceId, readerObjectId } = landing;
    const vault = new CredentialVault("kv-bench", { resourceGroupName, location, allowedIpRanges: [allowedIpRange] });
    const lake = new DataLake("stbench", { resourceGroupName, location, fileSystems: [fileSystem] });
    for (let index = 0; index < daemons; index += 1) {
      new DaemonAccess(daemonName(index), {
        secret: { endDate },
        graph: { permissions: [graphPermission] },
        lake: { account: lake, fileSystem },
        machineLearning: { workspaceId },
        vault,
        readers: [{ objectId: readerObjectId }],
      });
    }
    return Promise.resolve({});
  };
