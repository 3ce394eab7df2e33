using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Ssm.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm;

/// <summary>AWS Systems Manager's Parameter Store: String parameters with versions, over its JSON protocol.</summary>
internal sealed class SsmModule : IServiceModule, IResourceProvider, IDisposable
{
    private readonly Regional<Monitor<SsmState>> parameters;

    public SsmModule(ServiceContext context)
    {
        parameters = new Regional<Monitor<SsmState>>(
            _ => new Monitor<SsmState>("ssm", new SsmState(), context.Clock));
        var json = SsmJson.Wire;
        Wire = new AwsJsonProtocol(
                "AmazonSSM", "1.1", "com.amazonaws.ssm", SsmLimits.MaxRequestBytes, SsmErrors.NotSupported)
            .Add("PutParameter", json.PutParameterRequest, json.PutParameterResponse,
                (request, scope) => new(PutParameter.Handle(
                    parameters.In(scope.Region), request, scope.Region, scope.AccountId)),
                (request, scope) => On("PutParameter", request.Name, scope))
            .Add("GetParameter", json.GetParameterRequest, json.GetParameterResponse,
                (request, scope) => new(GetParameter.Handle(parameters.In(scope.Region), request, scope)),
                (request, scope) => On("GetParameter", request.Name?.Split(':')[0], scope));
    }

    public string SigningName => "ssm";

    public IWireProtocol Wire { get; }

    public IReadOnlyCollection<string> ResourceTypes { get; } = [ParameterProvider.Type];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ParameterProvider.Put(
            parameters.In(declaration.Stack.Region), declaration, overwrite: false));

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(
        update => ParameterProvider.Put(
            parameters.In(update.Declaration.Stack.Region), update.Declaration, overwrite: true),
        deletion => parameters.In(deletion.Declaration.Stack.Region)
            .Post((state, _) => state.Delete(deletion.Existing.PhysicalId))) with
    {
        Replacement = ["Name"],
        NameProperty = "Name",
    };

    public void Dispose() => parameters.Dispose();

    /// <summary>An action on a parameter; a path begins with the slash that its ARN has anyway.</summary>
    private static IEnumerable<ResourceAction> On(string action, string? name, CallScope scope) =>
        string.IsNullOrEmpty(name) ? [] : [scope.On(action, $"parameter/{name.TrimStart('/')}")];
}
