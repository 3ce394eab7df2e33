// Event invoke configurations and reserved concurrency, as an application's operator would use them.
import * as lambda from "@aws-sdk/client-lambda";

const client = new lambda.LambdaClient({ endpoint: process.argv[2], maxAttempts: 1 });
const FunctionName = "echo";
const send = (operation, input = {}) => client.send(new lambda[`${operation}Command`]({ FunctionName, ...input }));
const plain = ({ $metadata, ...answer }) => ({ status: $metadata.httpStatusCode, ...answer });
const refused = async (operation, input) => {
  try {
    await send(operation, input);
    return null;
  } catch (e) {
    return { name: e.name, status: e.$metadata.httpStatusCode, message: e.message, known: e instanceof lambda[e.name] };
  }
};
const answers = {};
const OnFailure = { Destination: "arn:aws:sqs:us-east-1:000000000000:failures" };

const put = await send("PutFunctionEventInvokeConfig", { MaximumRetryAttempts: 0, DestinationConfig: { OnFailure } });
answers.dated = put.LastModified instanceof Date;
const { LastModified, ...configured } = plain(put);
answers.put = configured;
const updated = await send("UpdateFunctionEventInvokeConfig", { MaximumEventAgeInSeconds: 60, Qualifier: "$LATEST" });
answers.updated = [updated.MaximumRetryAttempts, updated.MaximumEventAgeInSeconds, updated.DestinationConfig];
answers.got = (await send("GetFunctionEventInvokeConfig")).MaximumEventAgeInSeconds;
answers.listed = (await send("ListFunctionEventInvokeConfigs")).FunctionEventInvokeConfigs.map((c) => c.FunctionArn);
answers.itself = await refused("PutFunctionEventInvokeConfig",
  { DestinationConfig: { OnFailure: { Destination: "arn:aws:lambda:us-east-1:000000000000:function:echo" } } });
answers.deleted = plain(await send("DeleteFunctionEventInvokeConfig"));
answers.gone = await refused("GetFunctionEventInvokeConfig");

answers.none = plain(await send("GetFunctionConcurrency"));
answers.reserved = plain(await send("PutFunctionConcurrency", { ReservedConcurrentExecutions: 0 }));
answers.shown = (await send("GetFunction")).Concurrency;
answers.throttled = await refused("Invoke", { Payload: "{}" });
answers.tooMany = await refused("PutFunctionConcurrency", { ReservedConcurrentExecutions: 901 });
answers.freed = plain(await send("DeleteFunctionConcurrency"));
answers.runs = (await send("Invoke", { Payload: "{}" })).StatusCode;
answers.configuration = (await send("GetFunctionConfiguration")).DeadLetterConfig;
console.log(JSON.stringify(answers));
