using Isobar.Local.Deployment;

namespace Isobar.Local.Edge.Stack;

/// <summary>Functions that CloudFront runs, their versions and aliases.</summary>
/// <param name="folder">What a CodeUri is relative to: the template's folder.</param>
/// <remarks>
/// As on AWS, a function may be made that CloudFront does not run; the distribution that names it is refused.
/// </remarks>
internal sealed class FunctionResources(EdgeStack stack, string folder) : IResourceProvider
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
        var name = properties.OptionalString("FunctionName")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, MaxNameCharacters);
        var arn = $"arn:{declaration.Stack.Partition}:lambda:{declaration.Stack.Region}:"
            + $"{declaration.Stack.AccountId}:function:{name}";
        var isImage = properties.OptionalString("PackageType") is "Image";
        var runtime = isImage ? FunctionDefects.Runtimes[0] : properties.RequiredString("Runtime");
        var code = isImage ? "" : Code(properties);
        var function = new EdgeFunction(
            name, arn, code, isImage ? "" : properties.RequiredString("Handler"), runtime,
            properties.OptionalInt32("MemorySize", 128, EdgeLimits.MaxMemoryMb) ?? 128,
            TimeSpan.FromSeconds(properties.OptionalInt32("Timeout", 1, EdgeLimits.MaxTimeoutSeconds) ?? 3))
        {
            Defects = FunctionDefects.In(properties, $"{arn}:1", declaration.Stack.Region, runtime),
            PackageBytes = PackageSize.Of(code),
        };
        if (isImage) properties.OptionalJson("Code");
        properties.RequiredString("Role");
        properties.Inert("Architectures", "the function runs on this machine's processor");
        properties.Inert("Description", "nothing here shows it");
        properties.Inert("Tags", "nothing here reads the tags of an edge function");
        properties.Finish();
        stack.Functions[name] = function;
        return Deployed(declaration, name, name, ("Arn", function.Arn));
    }

    private string Code(PropertyReader properties)
    {
        var code = Path.GetFullPath(Path.Combine(folder, properties.RequiredString("Code")));
        if (!Directory.Exists(code)) properties.Refuse("Code", $"names no folder: {code}");
        return code;
    }

    private DeployedResource Version(ResourceDeclaration declaration)
    {
        var function = Owner(declaration.Properties);
        var arn = $"{function.Arn}:1";
        if (declaration.Properties.OptionalJson("ProvisionedConcurrencyConfig") is not null)
            function = function with
            {
                Defects = [.. function.Defects, FunctionDefects.Having("provisioned concurrency", arn)],
            };
        declaration.Properties.Finish();
        stack.Versions[arn] = function;
        return Deployed(declaration, arn, arn, ("Version", "1"));
    }

    private DeployedResource Alias(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var function = Owner(properties);
        var arn = $"{function.Arn}:{properties.RequiredString("Name")}";
        properties.RequiredString("FunctionVersion", "1");
        if (properties.OptionalJson("ProvisionedConcurrencyConfig") is not null)
            properties.Refuse("ProvisionedConcurrencyConfig",
                FunctionDefects.Having("provisioned concurrency", $"{function.Arn}:1"));
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
