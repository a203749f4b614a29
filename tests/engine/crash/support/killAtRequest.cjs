/**
 * Loaded into a command that runs local Azure, by NODE_OPTIONS: ends the process as kill -9 does when local Azure logs its
 * request number KILL_AT_REQUEST, which it does when the change is made and nobody has the answer.
 */
const fs = require("node:fs");

const step = Number(process.env.KILL_AT_REQUEST);
const { createWriteStream } = fs;

fs.createWriteStream = (path, ...rest) => {
  const stream = createWriteStream(path, ...rest);
  if (String(path).endsWith("requests.log")) {
    const write = stream.write.bind(stream);
    let requests = 0;
    stream.write = (...line) => {
      requests += 1;
      if (requests === step) process.kill(process.pid, "SIGKILL");
      return write(...line);
    };
  }
  return stream;
};
