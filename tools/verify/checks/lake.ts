import { randomUUID } from "node:crypto";
import {
  DataLakeServiceClient,
  type DataLakeFileClient,
  type DataLakeFileSystemClient,
} from "@azure/storage-file-datalake";
import type { LakeAccess } from "../credential";
import { lakeRemedy } from "../remedies/lake";
import { eitherOf, newRole } from "../replication";
import { measured, skipped, type CheckName, type Judgement, type Row } from "../rows";
import { label, lakeScope, type DaemonRun } from "./daemonRun";

const readingRole = "Storage Blob Data Reader";

/** The calls that {@link checkLake} makes. */
export const lakeCalls = ({ role }: LakeAccess): CheckName[] =>
  role === readingRole ? ["lake.list"] : ["lake.write", "lake.read", "lake.delete"];

/** Writes, reads and deletes a file of its own as the daemon; where its role only reads, lists instead. */
export async function checkLake(run: DaemonRun, lake: LakeAccess): Promise<Row[]> {
  const judge: Judgement = (failure) => ({ result: "failed", remedy: lakeRemedy(failure, run.credential, lake) });
  return lake.role === readingRole ? [await list(run, lake, judge)] : writeReadDelete(run, lake, judge);
}

async function list(run: DaemonRun, lake: LakeAccess, judge: Judgement): Promise<Row> {
  const { row } = await measured(run.credential.daemon, "lake.list", judge, async () => {
    await withFileSystem(run, lake, "listing the lake", async (fileSystem, signal) => {
      await fileSystem.listPaths({ recursive: false, abortSignal: signal }).byPage({ maxPageSize: 1 }).next();
    });
    return { value: undefined, detail: `in ${lake.fileSystem}` };
  });
  return row;
}

async function writeReadDelete(run: DaemonRun, lake: LakeAccess, judge: Judgement): Promise<Row[]> {
  const { daemon } = run.credential;
  const name = `azure-daemon-access-verify-${randomUUID()}.txt`;
  const content = `Written by ${daemon} to see whether it may.\n`;
  let created: DataLakeFileClient | undefined;

  const written = await measured(daemon, "lake.write", judge, async () => {
    const file = await withFileSystem(run, lake, "writing to the lake", async (fileSystem, abortSignal) => {
      const client = fileSystem.getFileClient(name);
      await client.create({ abortSignal });
      created = client;
      await client.append(content, 0, Buffer.byteLength(content), { abortSignal });
      await client.flush(Buffer.byteLength(content), { abortSignal });
      return client;
    });
    return { value: file, detail: `in ${lake.fileSystem}` };
  });
  const read =
    written.value === undefined
      ? skipped(daemon, "lake.read", "Nothing was written.")
      : await readBack(run, written.value, content, judge);
  const removed =
    created === undefined
      ? skipped(daemon, "lake.delete", "Nothing was written.")
      : await remove(run, created, `${lake.fileSystem}/${name}`, judge);
  return [written.row, read, removed];
}

async function readBack(run: DaemonRun, file: DataLakeFileClient, content: string, judge: Judgement): Promise<Row> {
  const { row } = await measured(run.credential.daemon, "lake.read", judge, async () => {
    const found = await run.patience.call(label(run, "reading from the lake"), newRole, (abortSignal) =>
      file.readToBuffer(0, undefined, { abortSignal }),
    );
    if (found.toString("utf8") !== content) {
      throw Object.assign(new Error("The file does not hold what was written."), {
        code: "ContentDiffers",
      });
    }
    return { value: undefined, detail: `${found.length} bytes` };
  });
  return row;
}

async function remove(run: DaemonRun, file: DataLakeFileClient, path: string, judge: Judgement): Promise<Row> {
  const judgeRest: Judgement = (failure) => {
    const { result, remedy } = judge(failure);
    return { result, remedy: `${remedy} The file ${path} is left behind: delete it by hand.` };
  };
  const { row } = await measured(run.credential.daemon, "lake.delete", judgeRest, async () => {
    await run.patience.call(label(run, "deleting from the lake"), newRole, (abortSignal) =>
      file.delete(false, { abortSignal }),
    );
    return { value: undefined };
  });
  return row;
}

/** Opens the daemon's file system with a token of its own for each attempt. */
function withFileSystem<T>(
  run: DaemonRun,
  lake: LakeAccess,
  doing: string,
  call: (fileSystem: DataLakeFileSystemClient, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return run.patience.call(label(run, doing), eitherOf(run.signInReplication, newRole), async (signal) => {
    const token = await run.tokens(lakeScope, signal);
    const service = new DataLakeServiceClient(lake.url, {
      getToken: () => Promise.resolve({ token, expiresOnTimestamp: Date.now() + 30 * 60 * 1_000 }),
    });
    return call(service.getFileSystemClient(lake.fileSystem), signal);
  });
}
