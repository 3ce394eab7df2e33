// Finds an API and its stage by the control plane, then calls it as its clients do.
import { APIGatewayClient, GetRestApiCommand, GetRestApisCommand, GetStagesCommand } from "@aws-sdk/client-api-gateway";

const [endpoint] = process.argv.slice(2);
const client = new APIGatewayClient({ endpoint, maxAttempts: 1 });
const { items } = await client.send(new GetRestApisCommand({}));
const restApiId = items[0].id;
const api = await client.send(new GetRestApiCommand({ restApiId }));
const stages = await client.send(new GetStagesCommand({ restApiId }));
const stage = `${endpoint}_aws/execute-api/${restApiId}/${stages.item[0].stageName}`;
const called = await fetch(`${stage}/x?city=Zürich`, { headers: { "x-mark": "1" } });
const lost = await fetch(`${stage}/lost`);
const answers = {
  name: api.name, stage: stages.item[0].stageName, status: called.status, event: await called.json(),
  lost: [lost.status, (await lost.json()).message],
};
try {
  await client.send(new GetRestApiCommand({ restApiId: "none" }));
} catch (e) {
  answers.error = [e.name, e.$metadata.httpStatusCode];
}
console.log(JSON.stringify(answers));
