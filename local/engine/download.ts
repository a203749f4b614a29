import { archiveOf, unpackArchive, whyClosed } from "./archive";
import { fillCache } from "./cache";
import type { Attempt, EngineSearch } from "./engineSearch";
import { pinnedVersion } from "./version";

/**
 * Downloads the published engine. (The Automation API's own installation runs a script from the network and checks nothing.)
 * Where the download host does not answer, that is known within seconds.
 */
export async function downloadedEngine(search: EngineSearch): Promise<Attempt> {
  const archive = archiveOf(pinnedVersion, search.archives, search.checksums);
  if (typeof archive === "string") {
    return { reason: archive };
  }
  const closed = await whyClosed(archive);
  if (closed !== undefined) {
    return { reason: closed };
  }
  search.progress(`Downloading the Pulumi engine ${pinnedVersion} from ${new URL(archive.url).host} …`);
  return await fillCache(search, async (directory) => await unpackArchive(archive, directory, search.env));
}
