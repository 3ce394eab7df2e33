using System.Text.Json;
using Isobar.Local.Services.CloudFormation;
using Isobar.Local.Services.DynamoDb;
using Isobar.Local.Services.S3;
using Isobar.Local.Services.Sts;
using Isobar.Local.Tests.Lambda;

namespace Isobar.Local.Tests.Services;

/// <summary>The SDK for JavaScript against the services that have no test of their own with it; SQS, SNS, EventBridge
/// and API Gateway have.</summary>
public sealed class JavaScriptSdkTests
{
    [Fact]
    public async Task The_SDK_uses_S3_DynamoDB_STS_CloudFormation_and_Lambda_as_on_AWS()
    {
        var directory = Directory.CreateTempSubdirectory("isobar-javascript-").FullName;

        var answers = await AskAsync(directory);

        AssertObjects(answers.GetProperty("s3"));
        AssertItems(answers.GetProperty("dynamodb"));
        Assert.Equal(ModuleOnPortZero.AccountId, answers.GetProperty("sts").GetString());
        Assert.Equal("""
            {"status":"CREATE_COMPLETE","resources":["Another"],"missing":{"name":"ValidationError","status":400}}
            """, answers.GetProperty("cloudformation").GetRawText());
        Assert.Equal("""
            {"waited":[200,"{\"a\":1}","$LATEST"],"queued":202,"dry":204,
            "missing":{"name":"ResourceNotFoundException","status":404}}
            """.ReplaceLineEndings(""), answers.GetProperty("lambda").GetRawText());
        Directory.Delete(directory, recursive: true);
    }

    private static async Task<JsonElement> AskAsync(string directory)
    {
        await using var lambda = await LambdaOnPortZero.StartAsync(beside: world =>
        [
            new CloudFormationModule(world.Context), new StsModule(), new DynamoDbModule(world.Context),
            new S3Module(world.Context with { DataDirectory = directory }),
        ]);
        lambda.World.Context.Stacks.Publish(
            await lambda.DeployAsync(LambdaOnPortZero.Function("Another", "another")));
        return await JavaScriptClient.RunAsync("Services/every-service.mjs", lambda.Address);
    }

    private static void AssertObjects(JsonElement seen) => Assert.Equal("""
        {"range":"two","metadata":{"station":"CHM"},"keys":["copy","csv/a b+ü.csv","parts"],"copied":"whole",
        "removed":[true,true],"versions":[4,2],"missing":{"name":"NoSuchKey","status":404},
        "failedIf":{"name":"PreconditionFailed","status":412}}
        """.ReplaceLineEndings(""), seen.GetRawText());

    private static void AssertItems(JsonElement seen) => Assert.Equal("""
        {"rows":"8","found":{"job":{"S":"one"},"rows":{"N":"8"},"tags":{"SS":["a","b"]}},
        "conflict":{"name":"TransactionCanceledException","status":400},"none":null}
        """.ReplaceLineEndings(""), seen.GetRawText());
}
