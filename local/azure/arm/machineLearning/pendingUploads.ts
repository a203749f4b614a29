import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Accounts } from "../../dataLake/accounts";
import { delegatedSignature } from "../../dataLake/sharedAccess";
import { json } from "../../http/message";
import type { Router } from "../../http/router";
import { armError } from "../errors";
import { contentOf } from "../jsonContent";
import { unsupportedOption } from "../queryOptions";
import type { ArmContext } from "../resourceProvider";
import { workspaceOf, workspacePath, type Shop } from "./inWorkspace";
import { storageAccountOf, Workspaces } from "./workspaceRecord";

const bodySchema = z.looseObject({
  pendingUploadId: z.string().nullish(),
  pendingUploadType: z.string().nullish(),
});

/** A signature lasts as long as an upload may take. */
const hours = 24;
/** Read, add, create, write and list: what the clients' uploads need. */
const permissions = "racwl";

/** Gives a client a container of its own on the workspace's storage, to upload the files of a version to. */
export function addPendingUploads(routes: Router<ArmContext>, shop: Shop, type: string): void {
  const path = `${workspacePath}/${type}/:asset/versions/:version/startPendingUpload`;
  const { cloud } = shop;
  routes.on("POST", path, (request, parameters, context) => {
    const { pendingUploadId, pendingUploadType } = contentOf(request, bodySchema);
    if (pendingUploadType !== "TemporaryBlobReference") {
      throw unsupportedOption(`upload of the type ${pendingUploadType ?? "None"}, only TemporaryBlobReference`);
    }
    const { resourceGroup, name } = workspaceOf(parameters, context);
    const workspace = new Workspaces(cloud.store).live(resourceGroup, name);
    const storage = storageAccountOf(workspace);
    const account = new Accounts(cloud).get(storage.slice(storage.lastIndexOf("/") + 1));
    if (workspace === undefined || account === undefined) {
      throw armError(400, "UserError", `The workspace's storage account ${storage} does not exist.`);
    }
    const fileSystem = `${workspace.workspaceId}-${randomBytes(13).toString("hex")}`;
    new Accounts(cloud).fileSystemsOf(account).create(fileSystem);
    const delegator = workspace.identity.principalId ?? workspace.workspaceId;
    const signature = delegatedSignature(cloud, { account: account.name, fileSystem, permissions, hours }, delegator);
    const blobUri = `https://${account.name}.blob.core.windows.net/${fileSystem}`;
    return json(200, {
      pendingUploadId: pendingUploadId ?? workspace.workspaceId,
      pendingUploadType,
      blobReferenceForConsumption: {
        blobUri,
        storageAccountArmId: storage,
        credential: { credentialType: "SAS", sasUri: `${blobUri}?${signature}` },
      },
    });
  });
}
