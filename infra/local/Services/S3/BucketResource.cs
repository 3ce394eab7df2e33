using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Services.S3.Notifications;
using Isobar.Local.Services.S3.Objects;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.S3;

/// <summary>Creates <c>AWS::S3::Bucket</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::S3::Bucket.</remarks>
internal sealed class BucketResource(S3Store store, NotificationDocument notifications)
{
    public const string ResourceType = "AWS::S3::Bucket";

    private static readonly string[] OtherTargets = ["QueueConfigurations", "TopicConfigurations"];

    /// <exception cref="DeploymentException">The declaration can't be honoured here.</exception>
    public DeployedResource Create(ResourceDeclaration declaration)
    {
        var (name, versioning, rules) = Read(declaration);
        store.Post((state, now) =>
        {
            if (state.Buckets.Any(bucket => bucket.Name == name)) throw S3Errors.BucketAlreadyOwnedByYou(name);
            state.CreateBucket(name, declaration.Stack.Region, now);
            var bucket = state.Bucket(name);
            bucket.Versioning = versioning;
            bucket.Notifications = rules;
        });
        return Deployed(declaration, name);
    }

    /// <summary>Changes what is set for a bucket; its objects stay.</summary>
    /// <exception cref="DeploymentException">The declaration can't be honoured here.</exception>
    public DeployedResource Change(ResourceUpdate update)
    {
        var (name, versioning, rules) = Read(update.Declaration);
        store.Post((state, _) =>
        {
            var bucket = state.Bucket(name);
            // Versioning that was ever on is never off again.
            bucket.Versioning = versioning == Versioning.Off && bucket.Versioning != Versioning.Off
                ? Versioning.Suspended
                : versioning;
            bucket.Notifications = rules;
        });
        return Deployed(update.Declaration, name);
    }

    /// <exception cref="AwsException">BucketNotEmpty.</exception>
    public void Delete(ResourceDeletion deletion) => store.Post((state, _) =>
    {
        var name = deletion.Existing.PhysicalId;
        if (state.Buckets.Any(bucket => bucket.Name == name)) state.DeleteBucket(name);
    });

    private (string Name, Versioning Versioning, NotificationConfiguration Notifications) Read(
        ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalString("BucketName")
            ?? PhysicalName.GenerateForBucket(declaration.Stack, declaration.LogicalId);
        if (!BucketName.IsValid(name)) properties.Refuse("BucketName", $"{name} is no valid bucket name");
        var versioning = properties.OptionalMap("VersioningConfiguration")?.RequiredString("Status", "Enabled",
            "Suspended");
        var rules = ReadRules(declaration);
        ReadInert(properties);
        properties.Finish();
        return (name, versioning is null ? Versioning.Off : Enum.Parse<Versioning>(versioning), rules);
    }

    private static DeployedResource Deployed(ResourceDeclaration declaration, string name)
    {
        var stack = declaration.Stack;
        return new DeployedResource(declaration.LogicalId, declaration.Type, name, name, new Dictionary<string, string>
        {
            ["Arn"] = $"arn:{stack.Partition}:s3:::{name}",
            ["DomainName"] = $"{name}.s3.{stack.UrlSuffix}",
            ["RegionalDomainName"] = $"{name}.s3.{stack.Region}.{stack.UrlSuffix}",
        });
    }

    private static void ReadInert(PropertyReader properties)
    {
        properties.Inert("PublicAccessBlockConfiguration", "no bucket here is public");
        properties.Inert("OwnershipControls", "there is one account, which owns every object");
        properties.Inert("LifecycleConfiguration", "objects stay until the host ends");
        properties.Inert("CorsConfiguration", "pages on other origins are not told that they may read an answer");
        properties.Inert("Tags", "nothing here reads the tags of a bucket");
        if (properties.OptionalJson("BucketEncryption") is { } encryption
            && Algorithms(encryption).Any(name => name != "AES256"))
            properties.Refuse("BucketEncryption", "supports AES256 (SSE-S3) only");
        properties.Inert("BucketEncryption", "the bytes stay in files of this host, deleted when it ends");
    }

    private static IEnumerable<string> Algorithms(JsonNode node) => node switch
    {
        JsonObject map => map.SelectMany(member => member.Key == "SSEAlgorithm" && member.Value is JsonValue value
            ? [value.ToString()] : member.Value is { } child ? Algorithms(child) : []),
        JsonArray items => items.SelectMany(item => item is null ? [] : Algorithms(item)),
        _ => [],
    };

    private NotificationConfiguration ReadRules(ResourceDeclaration declaration)
    {
        if (declaration.Properties.OptionalMap("NotificationConfiguration") is not { } configuration)
            return NotificationConfiguration.None;
        foreach (var other in OtherTargets)
            if (configuration.Has(other)) configuration.Refuse(other, "is not supported; LambdaConfigurations is");
        var tellsEventBridge = configuration.OptionalMap("EventBridgeConfiguration") is { } bus
            && bus.OptionalBoolean("EventBridgeEnabled") is not false;
        NotificationRule[] rules = [.. (configuration.OptionalList("LambdaConfigurations") ?? []).Select(ReadRule)];
        try
        {
            foreach (var rule in rules) notifications.CheckTarget(rule.Target, mustExist: true);
            NotificationRule.Validate(rules);
        }
        catch (AwsException e)
        {
            declaration.Properties.Refuse("NotificationConfiguration", $"is refused by S3: {e.Message}");
        }

        return new NotificationConfiguration(rules, tellsEventBridge);
    }

    private static NotificationRule ReadRule(PropertyReader configuration)
    {
        var rules = configuration.OptionalMap("Filter")?.RequiredMap("S3Key").OptionalList("Rules") ?? [];
        var (prefix, suffix) = ("", "");
        foreach (var rule in rules)
        {
            var value = rule.RequiredString("Value");
            if (rule.RequiredString("Name", "prefix", "suffix", "Prefix", "Suffix") is "prefix" or "Prefix")
                prefix = value;
            else suffix = value;
        }

        var target = configuration.RequiredString("Function");
        var name = configuration.RequiredString("Event");
        return new NotificationRule($"{target[(target.LastIndexOf(':') + 1)..]}-{name}", target, [name], prefix,
            suffix);
    }
}
