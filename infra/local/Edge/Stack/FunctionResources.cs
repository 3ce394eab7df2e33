using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>Functions that CloudFront runs, their versions and aliases.</summary>
/// <param name="folder">What a CodeUri is relative to: the template's folder.</param>
/// <remarks>
/// Source: Amazon CloudFront Developer Guide, "Restrictions on Lambda@Edge": what such a function may not have is not
/// read here, so that the template is refused.
/// </remarks>
internal sealed class FunctionResources(EdgeStack stack, ViewerLimits limits, string folder) : IResourceProvider
{
    private const string FunctionType = "AWS::Lambda::Function";
    private const string VersionType = "AWS::Lambda::Version";
    private const string AliasType = "AWS::Lambda::Alias";
    private const int MaxNameCharacters = 64;

    public IReadOnlyCollection<string> ResourceTypes { get; } = [FunctionType, VersionType, AliasType];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) => ValueTask.FromResult(
        declaration.Type switch
        {
            FunctionType => Function(declaration),
            VersionType => Version(declaration),
            _ => Alias(declaration),
        });

    private DeployedResource Function(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var (partition, account) = (declaration.Stack.Partition, declaration.Stack.AccountId);
        var name = properties.OptionalString("FunctionName")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, MaxNameCharacters);
        var code = Path.GetFullPath(Path.Combine(folder, properties.RequiredString("Code")));
        var function = new EdgeFunction(
            name, $"arn:{partition}:lambda:{declaration.Stack.Region}:{account}:function:{name}", code,
            properties.RequiredString("Handler"),
            properties.RequiredString("Runtime", "nodejs24.x", "nodejs22.x", "nodejs20.x"),
            properties.OptionalInt32("MemorySize", 128, limits.MaxMemoryMb) ?? 128,
            TimeSpan.FromSeconds(properties.OptionalInt32("Timeout", 1, (int)limits.MaxTimeout.TotalSeconds) ?? 3));
        properties.RequiredString("Role");
        properties.OptionalString("PackageType", "Zip");
        if (properties.OptionalStringList("Architectures") is { } architectures and not ["x86_64"])
            properties.Refuse("Architectures", $"must be x86_64 at the edge, not {string.Join(", ", architectures)}");
        properties.Inert("Architectures", "the function runs on this machine's processor");
        properties.Inert("Description", "nothing here shows it");
        properties.Inert("Tags", "nothing here reads the tags of an edge function");
        CheckCode(properties, code);
        properties.Finish();
        stack.Functions[name] = function;
        return Deployed(declaration, name, name, ("Arn", function.Arn));
    }

    private static void CheckCode(PropertyReader properties, string code)
    {
        if (!Directory.Exists(code)) properties.Refuse("Code", $"names no folder: {code}");
        else if (new DirectoryInfo(code).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
            > EdgeLimits.MaxPackageBytes)
            properties.Refuse("Code", $"is over {EdgeLimits.MaxPackageBytes} bytes");
    }

    private DeployedResource Version(ResourceDeclaration declaration)
    {
        var function = Owner(declaration.Properties);
        declaration.Properties.Finish();
        var arn = $"{function.Arn}:1";
        stack.Versions[arn] = function;
        return Deployed(declaration, arn, arn, ("Version", "1"));
    }

    private DeployedResource Alias(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var function = Owner(properties);
        var arn = $"{function.Arn}:{properties.RequiredString("Name")}";
        properties.RequiredString("FunctionVersion", "1");
        properties.InertResource(declaration.Location, [], "CloudFront associates versions, never an alias");
        properties.Finish();
        return Deployed(declaration, arn, arn);
    }

    private EdgeFunction Owner(PropertyReader properties)
    {
        var name = properties.RequiredString("FunctionName");
        if (stack.Functions.TryGetValue(name, out var function)) return function;
        throw new DeploymentException(properties.Location, properties.LogicalId, $"there is no function {name}");
    }

    private static DeployedResource Deployed(
        ResourceDeclaration declaration, string id, string reference,
        params (string Name, string Value)[] attributes) =>
        new(declaration.LogicalId, declaration.Type, id, reference,
            attributes.ToDictionary(attribute => attribute.Name, attribute => attribute.Value));
}
