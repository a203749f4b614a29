/**
 * Loaded into a command that runs local Azure, by NODE_OPTIONS: ends the process as kill -9 does when local Azure begins to send
 * its answer number KILL_AT_REQUEST. The change is made then, and nobody has the answer.
 */
const { ServerResponse } = require("node:http");

const step = Number(process.env.KILL_AT_REQUEST);
const { writeHead } = ServerResponse.prototype;
let answers = 0;

ServerResponse.prototype.writeHead = function (...head) {
  answers += 1;
  if (answers === step) process.kill(process.pid, "SIGKILL");
  return writeHead.apply(this, head);
};
