using Isobar.Local.Deployment;
using Isobar.Local.Lambda.Code;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control;

/// <summary>Deploys <c>AWS::Lambda::Function</c>.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::Lambda::Function.</remarks>
internal sealed class FunctionProvider(
    Monitor<FunctionRegistry> functions, FunctionLayers layers, CodeSource source, CodeStore store,
    FunctionMaker maker, RuntimeSupport runtimes) : IResourceProvider
{
    public const string FunctionType = "AWS::Lambda::Function";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [FunctionType];

    public async ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var template = FunctionTemplate.Read(declaration, runtimes);
        try
        {
            EnvironmentVariables.Validate(template.EnvironmentVariables);
            var package = await source.ResolveAsync(template.Code, cancellationToken);
            var code = await store.AddAsync([package], cancellationToken);
            var (used, merged) = await layers.MergeAsync(
                template.Layers, declaration.Stack.Region, code.SizeBytes, cancellationToken);
            var stack = declaration.Stack;
            var function = maker.Make(
                template, code, used, merged, $"arn:{stack.Partition}:lambda:{stack.Region}:{stack.AccountId}");
            functions.Post((registry, _) => registry.Deploy(function));
            return new DeployedResource(declaration.LogicalId, FunctionType, template.Name, template.Name,
                new Dictionary<string, string> { ["Arn"] = function.Configuration.Arn });
        }
        catch (Exception e) when (e is AwsException or CodeMissingException)
        {
            throw new DeploymentException(declaration.Location, declaration.LogicalId, e.Message, e);
        }
    }
}
