using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Lambda.Images;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Deploys <c>AWS::Lambda::Function</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::Function.</remarks>
internal sealed class FunctionProvider(
    Monitor<FunctionRegistry> functions, FunctionLayers layers, CodeSource source, CodeStore store,
    FunctionMaker maker, RuntimeSupport runtimes, FunctionImages images) : IResourceProvider
{
    public const string FunctionType = "AWS::Lambda::Function";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [FunctionType];

    /// <summary>What an environment is made from: a change of anything else keeps those that are warm.</summary>
    private static readonly string[] OfEnvironments =
    [
        "Code", "Handler", "Runtime", "Role", "MemorySize", "Timeout", "Environment", "Layers", "LoggingConfig",
        "ImageConfig",
    ];

    public TypeUpdates UpdatesOf(string type) => new()
    {
        Replacement = ["FunctionName", "PackageType"],
        NameProperty = "FunctionName",
        Change = (update, cancellationToken) => PutAsync(update.Declaration, update.Changed, cancellationToken),
        Delete = (deletion, _) =>
        {
            functions.Ask((registry, _) => registry.Delete(deletion.Existing.PhysicalId));
            return ValueTask.CompletedTask;
        },
    };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        PutAsync(declaration, null, cancellationToken);

    /// <param name="changed">The properties of a function that is there which change; null for a new one.</param>
    private async ValueTask<DeployedResource> PutAsync(
        ResourceDeclaration declaration, IReadOnlySet<string>? changed, CancellationToken cancellationToken)
    {
        var template = FunctionTemplate.Read(declaration, runtimes);
        try
        {
            EnvironmentVariables.Validate(template.EnvironmentVariables);
            var image = template.IsImage
                ? await images.OfTemplateAsync(declaration, template, cancellationToken)
                : null;
            var code = image?.Image.Content ?? store.FindPackaged(template.Code) ?? await store.AddAsync(
                [await source.ResolveAsync(template.Code, cancellationToken)], cancellationToken);
            var (used, merged) = await layers.MergeAsync(
                template.Layers, declaration.Stack.Region, image is null ? code.SizeBytes : 0, cancellationToken);
            var stack = declaration.Stack;
            var function = maker.Make(
                template, code, used, merged, $"arn:{stack.Partition}:lambda:{stack.Region}:{stack.AccountId}",
                image);
            functions.Post((registry, _) => registry.Deploy(
                changed?.Overlaps(OfEnvironments) is false && registry.Find(template.Name) is { } before
                    ? function with { Configuration = before.Configuration }
                    : function));
            return new DeployedResource(declaration.LogicalId, FunctionType, template.Name, template.Name,
                new Dictionary<string, string> { ["Arn"] = function.Configuration.Arn });
        }
        catch (Exception e) when (e is AwsException or CodeMissingException)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }
    }
}
