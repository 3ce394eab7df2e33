using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>The distribution: its origins, and a behavior for each pattern of paths.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::CloudFront::Distribution.</remarks>
internal sealed class DistributionResource(EdgeStack stack, FunctionLimits limits) : IResourceProvider
{
    public IReadOnlyCollection<string> ResourceTypes { get; } = ["AWS::CloudFront::Distribution"];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var config = declaration.Properties.RequiredMap("DistributionConfig");
        if (stack.Distribution is not null) config.Refuse("Enabled", "is of a second distribution; one is served here");
        if (config.OptionalBoolean("Enabled") != true) config.Refuse("Enabled", "must be true");
        var id = "E" + Letters(declaration, 13);
        var domain = "d" + Letters(declaration, 13).ToLowerInvariant() + ".cloudfront.net";
        var origins = Origins(config);
        stack.Distribution = new DistributionSettings(
            id, domain, config.OptionalString("DefaultRootObject") ?? "", [.. origins.Values],
            Behaviors(config, origins),
            CustomError.Read(config), LogSettings.Read(config))
        {
            Description = Describe(config),
        };
        foreach (var name in (string[])["Comment", "PriceClass", "HttpVersion", "IPV6Enabled"])
            config.Inert(name, "there is one location, 127.0.0.1, which speaks HTTP/1.1");
        declaration.Properties.Finish();
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, declaration.Type, id, id,
            new Dictionary<string, string> { ["DomainName"] = domain, ["Id"] = id }));
    }

    // The defaults are those of CloudFormation.
    private static DistributionDescription Describe(PropertyReader config) => new(
        config.OptionalString("Comment") ?? "",
        config.OptionalString("PriceClass") ?? "PriceClass_All",
        config.OptionalString("HttpVersion") ?? "http1.1",
        config.OptionalBoolean("IPV6Enabled") ?? false);

    private static Dictionary<string, OriginSettings> Origins(PropertyReader config)
    {
        var origins = new Dictionary<string, OriginSettings>(StringComparer.Ordinal);
        foreach (var declared in config.RequiredList("Origins"))
        {
            var origin = OriginReader.Read(declared);
            if (!origins.TryAdd(origin.Id, origin)) declared.Refuse("Id", $"{origin.Id} is of two origins");
        }

        if (origins.Count is 0 or > EdgeLimits.MaxOrigins)
            config.Refuse("Origins", $"must be from 1 to {EdgeLimits.MaxOrigins}");
        return origins;
    }

    private IReadOnlyList<BehaviorSettings> Behaviors(
        PropertyReader config, Dictionary<string, OriginSettings> origins)
    {
        var reader = new BehaviorReader(stack, limits);
        var declared = config.OptionalList("CacheBehaviors") ?? [];
        if (declared.Count >= EdgeLimits.MaxBehaviors)
            config.Refuse("CacheBehaviors", $"must be fewer than {EdgeLimits.MaxBehaviors}");
        var behaviors = declared.Select(behavior => reader.Read(behavior, origins, isDefault: false))
            .Append(reader.Read(config.RequiredMap("DefaultCacheBehavior"), origins, isDefault: true))
            .OfType<BehaviorSettings>().ToArray();
        if (behaviors.Select(behavior => behavior.Pattern.ToString()).Distinct().Count() < behaviors.Length)
            config.Refuse("CacheBehaviors", "have the same path pattern twice");
        if (behaviors.SelectMany(behavior => behavior.Functions).Count() > EdgeLimits.MaxAssociations)
            config.Refuse("CacheBehaviors", $"have more than {EdgeLimits.MaxAssociations} functions");
        return behaviors;
    }

    private static string Letters(ResourceDeclaration declaration, int count) =>
        (PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64)[^12..] + "0")[..count];
}
