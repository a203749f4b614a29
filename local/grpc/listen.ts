import { ServerCredentials, type Server } from "@grpc/grpc-js";

/** Binds a server to a free port of 127.0.0.1, and gives the port. */
export async function listen(server: Server): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
}
