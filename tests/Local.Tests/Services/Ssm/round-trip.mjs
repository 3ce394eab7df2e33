// A secret of Parameter Store, encrypted with a key that the caller made: written, read, labelled, locked.
import {
  CreateAliasCommand, CreateKeyCommand, DecryptCommand, DisableKeyCommand, EncryptCommand, GenerateDataKeyCommand,
  KMSClient,
} from "@aws-sdk/client-kms";
import {
  AddTagsToResourceCommand, GetParameterCommand, GetParameterHistoryCommand, GetParametersByPathCommand,
  GetParametersCommand, LabelParameterVersionCommand, ListTagsForResourceCommand, PutParameterCommand, SSMClient,
} from "@aws-sdk/client-ssm";

const options = { endpoint: process.argv[2], maxAttempts: 1 };
const kms = new KMSClient(options);
const ssm = new SSMClient(options);
const Name = "/app/secret";

const { KeyMetadata: { KeyId } } = await kms.send(new CreateKeyCommand({ Description: "of the app" }));
await kms.send(new CreateAliasCommand({ AliasName: "alias/app", TargetKeyId: KeyId }));
await ssm.send(new PutParameterCommand({ Name, Value: "hush", Type: "SecureString", KeyId: "alias/app" }));
await ssm.send(new LabelParameterVersionCommand({ Name, Labels: ["live"] }));
await ssm.send(new AddTagsToResourceCommand({
  ResourceType: "Parameter", ResourceId: Name, Tags: [{ Key: "team", Value: "data" }],
}));

const read = (input) => ssm.send(new GetParameterCommand({ Name, ...input }));
const plain = await read({ WithDecryption: true });
const locked = await read({});
const byPath = await ssm.send(new GetParametersByPathCommand({ Path: "/app", WithDecryption: true }));
const history = await ssm.send(new GetParameterHistoryCommand({ Name, WithDecryption: true }));
const labelled = await read({ Name: `${Name}:live`, WithDecryption: true });
const several = await ssm.send(new GetParametersCommand({ Names: [Name, "none"] }));
const tags = await ssm.send(new ListTagsForResourceCommand({ ResourceType: "Parameter", ResourceId: Name }));

const EncryptionContext = { job: "one" };
const { CiphertextBlob } = await kms.send(new EncryptCommand({
  KeyId: "alias/app", Plaintext: Buffer.from("hush"), EncryptionContext,
}));
const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
const dataKey = await kms.send(new GenerateDataKeyCommand({ KeyId, KeySpec: "AES_256" }));

await kms.send(new DisableKeyCommand({ KeyId }));
let disabled = null;
try {
  await read({ WithDecryption: true });
} catch (e) {
  disabled = [e.name, e.message.includes("is disabled.")];
}

console.log(JSON.stringify({
  value: plain.Parameter.Value, type: plain.Parameter.Type, sealed: locked.Parameter.Value !== "hush",
  byPath: byPath.Parameters.map((each) => each.Name),
  history: history.Parameters.map((each) => [each.Value, each.Labels]),
  byLabel: labelled.Parameter.Value, decrypted: Buffer.from(Plaintext).toString(),
  dataKey: dataKey.Plaintext.length, disabled, missing: several.InvalidParameters, tags: tags.TagList,
}));
