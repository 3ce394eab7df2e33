using System.Text.Json.Nodes;
using static Isobar.Tidy.Tests.Templates.Mutation;

namespace Isobar.Tidy.Tests.Templates;

/// <summary>What is broken at the edge.</summary>
internal static class EdgeMutations
{
    private const string Router = "Resources/RouterFunction/Properties";
    private const string Association =
        "Resources/Distribution/Properties/DistributionConfig/DefaultCacheBehavior/LambdaFunctionAssociations/0";

    // Not the defaults, which must not cost money.
    private static readonly Profile Paying = new("paying", "us-east-1", new Dictionary<string, string>());

    private static readonly Profile Elsewhere = new("elsewhere", "eu-central-1", new Dictionary<string, string>());

    public static IReadOnlyList<Mutation> All { get; } =
    [
        Edge("variables that leak from Globals", "an edge function has Environment, its own or from Globals",
            Remove($"{Router}/Environment")),
        Edge("tracing that leaks from Globals", "an edge function is traced, by itself or by Globals",
            Remove($"{Router}/Tracing")),
        Edge("a layer at the edge", "an edge function has Layers, its own or from Globals",
            Set($"{Router}/Layers", Json("""["arn:aws:lambda:us-east-1:123456789012:layer:some:1"]"""))),
        Edge("a network at the edge", "an edge function has VpcConfig, its own or from Globals",
            Set($"{Router}/VpcConfig", Json("""{"SubnetIds":["subnet-1"],"SecurityGroupIds":["sg-1"]}"""))),
        Edge("a dead-letter queue at the edge", "an edge function has DeadLetterQueue, its own or from Globals",
            Set($"{Router}/DeadLetterQueue", Json("""{"Type":"SQS","TargetArn":{"Fn::GetAtt":["Work","Arn"]}}"""))),
        Edge("more disk at the edge", "an edge function has EphemeralStorage, its own or from Globals",
            Set($"{Router}/EphemeralStorage", Json("""{"Size":1024}"""))),
        Edge("provisioned concurrency at the edge",
            "an edge function has ProvisionedConcurrencyConfig, its own or from Globals",
            Set($"{Router}/ProvisionedConcurrencyConfig", Json("""{"ProvisionedConcurrentExecutions":1}""")),
            Paying),
        Edge("arm64 at the edge", "the edge has no arm64",
            template =>
            {
                Remove("Globals/Function/Architectures")(template);
                Set($"{Router}/Architectures", Json("""["arm64"]"""))(template);
            }),
        Edge(".NET at the edge", "the edge runs Node.js and Python, not dotnet10",
            template =>
            {
                Set($"{Router}/Runtime", "dotnet10")(template);
                Set($"{Router}/Handler", "Router")(template);
            }),
        Edge("a role that CloudFront can't take", "an edge function trusts lambda and edgelambda, and no other",
            Remove($"{Router}/AssumeRolePolicyDocument/Statement/0/Principal/Service/1")),
        Edge("6 s for viewers", "6 s at the edge, of 5 s", Set($"{Router}/Timeout", 6)),
        Edge("256 MB for viewers", "256 MB for viewers, of 128 MB", Set($"{Router}/MemorySize", 256)),
        Edge("31 s for an origin", "31 s at the edge, of 30 s",
            template =>
            {
                Set($"{Association}/EventType", "origin-request")(template);
                Set($"{Router}/Timeout", 31)(template);
            }),
        Edge("the edge in another region", "edge functions are created in us-east-1, not eu-central-1",
            _ => { }, Elsewhere),
        new("an unversioned function for CloudFront", TemplateCheckTests.Forms, Check,
            "Distribution: CloudFront takes a numbered version: !Ref Function.Version",
            Set($"{Association}/LambdaFunctionARN", Json("""{"Fn::GetAtt":["RouterFunction","Arn"]}""")),
            Profile.Defaults),
    ];

    private const string Check = "EdgeFunctionsKeepTheEdgesRules";

    private static Mutation Edge(
        string name, string finding, Action<JsonObject> change, Profile? profile = null) => new(
        name, TemplateCheckTests.Forms, Check, $"RouterFunction: {finding}", change, profile ?? Profile.Defaults);
}
