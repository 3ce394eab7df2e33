using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Control;

/// <summary>Publishes <c>AWS::Lambda::LayerVersion</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::LayerVersion.</remarks>
internal sealed class LayerProvider(
    Monitor<LayerRegistry> layers, CodeSource source, CodeStore store, ServiceClock clock) : IResourceProvider
{
    public const string LayerType = "AWS::Lambda::LayerVersion";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [LayerType];

    /// <summary>A layer version never changes; each property makes another one.</summary>
    public TypeUpdates UpdatesOf(string type) => new()
    {
        Replacement =
        [
            "LayerName", "Content", "Description", "LicenseInfo", "CompatibleRuntimes", "CompatibleArchitectures",
        ],
        Delete = (deletion, _) =>
        {
            layers.Post((registry, _) => registry.Delete(deletion.Existing.PhysicalId));
            return ValueTask.CompletedTask;
        },
    };

    public async ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalString("LayerName") ?? PhysicalName.Generate(
            declaration.Stack, declaration.LogicalId, LambdaLimits.MaxLayerNameCharacters);
        var content = properties.RequiredString("Content");
        var description = properties.OptionalString("Description") ?? "";
        var license = properties.OptionalString("LicenseInfo");
        var runtimes = properties.OptionalStringList("CompatibleRuntimes");
        var architectures = properties.OptionalStringList("CompatibleArchitectures");
        Check(properties, name, description, license, runtimes, architectures);
        properties.Finish();
        var stored = await StoreAsync(declaration, content, cancellationToken);
        var stack = declaration.Stack;
        var arn = $"arn:{stack.Partition}:lambda:{stack.Region}:{stack.AccountId}:layer:{name}";
        var layer = layers.Ask((registry, _) => registry.Publish(name, version => new LayerVersion(
            name, arn, version, stored, description, license, runtimes, architectures, clock.GetUtcNow())));
        return new DeployedResource(declaration.LogicalId, LayerType, layer.Arn, layer.Arn,
            new Dictionary<string, string> { ["LayerVersionArn"] = layer.Arn });
    }

    private async ValueTask<StoredCode> StoreAsync(
        ResourceDeclaration declaration, string content, CancellationToken cancellationToken)
    {
        try
        {
            return store.FindPackaged(content) ?? await store.AddAsync(
                [await source.ResolveLayerAsync(content, cancellationToken)], cancellationToken);
        }
        catch (CodeMissingException e)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }
    }

    private static void Check(
        PropertyReader properties, string name, string description, string? license,
        IReadOnlyList<string>? runtimes, IReadOnlyList<string>? architectures)
    {
        if (name.Length is 0 or > LambdaLimits.MaxLayerNameCharacters
            || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not '-' and not '_'))
            properties.Refuse("LayerName", "must be 1 to 140 letters, digits, hyphens and underscores");
        if (description.Length > LambdaLimits.MaxDescriptionCharacters)
            properties.Refuse("Description", "must be at most 256 characters");
        if (license?.Length > LambdaLimits.MaxLicenseCharacters)
            properties.Refuse("LicenseInfo", "must be at most 512 characters");
        if (runtimes?.Count > LambdaLimits.MaxCompatibleRuntimes)
            properties.Refuse("CompatibleRuntimes", "must be at most 15");
        if (architectures?.Any(architecture => architecture is not ("x86_64" or "arm64")) == true)
            properties.Refuse("CompatibleArchitectures", "must be x86_64, arm64, or both");
    }
}
