// As Program.cs, in Node.js: registers for both events and asks for the next one, until it is told to end.
import { Agent, request } from "node:http";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new Agent({ keepAlive: true });

function call(method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host, port, method, path: `/2020-01-01/extension/${path}`, headers }, (answer) => {
      let text = "";
      answer.on("data", (part) => (text += part));
      answer.on("end", () => resolve({ answer, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const { answer } = await call(
  "POST", "register", { "Lambda-Extension-Name": process.argv[2] }, JSON.stringify({ events: ["INVOKE", "SHUTDOWN"] }));
const identifier = { "Lambda-Extension-Identifier": answer.headers["lambda-extension-identifier"] };
while (!(await call("GET", "event/next", identifier)).text.includes('"SHUTDOWN"'));
process.exit(0);
