using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Ssm.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm;

/// <summary>AWS Systems Manager's Parameter Store: parameters with versions, over its JSON protocol.</summary>
internal sealed class SsmModule : IServiceModule, IResourceProvider, IDisposable
{
    private readonly Regional<Monitor<SsmState>> parameters;
    private readonly ServiceDirectory directory;
    private readonly Journal journal;

    public SsmModule(ServiceContext context)
    {
        (directory, journal) = (context.Directory, context.Journal);
        parameters = new Regional<Monitor<SsmState>>(
            _ => new Monitor<SsmState>("ssm", new SsmState(), context.Clock));
        var wire = new AwsJsonProtocol(
            "AmazonSSM", "1.1", "com.amazonaws.ssm", SsmLimits.MaxRequestBytes, SsmErrors.NotSupported);
        Wire = wire;
        AddReads(wire, SsmJson.Wire);
        AddWrites(wire, SsmJson.Wire);
        AddTags(wire, SsmJson.Wire);
    }

    public string SigningName => "ssm";

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => SsmTemplateParts.Parts;

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

    private Monitor<SsmState> In(CallScope scope) => parameters.In(scope.Region);

    /// <returns>Null where no service has keys.</returns>
    private SecureValue? SecureFor(CallScope scope) =>
        directory.Of<IEncryptionKeys>() is { } keys ? new SecureValue(keys, scope) : null;

    private GetParameterResponse Recorded(GetParameterResponse response, CallScope scope)
    {
        journal.Record(new ParameterRead(
            response.Parameter.Name, response.Parameter.Version, scope.Principal.Session));
        return response;
    }

    private void AddReads(AwsJsonProtocol wire, SsmJson json) => wire
        .Add("GetParameter", () => json.GetParameterRequest, () => json.GetParameterResponse,
            (request, scope) => new(Recorded(
                GetParameter.Handle(In(scope), request, scope, SecureFor(scope)), scope)),
            (request, scope) => On("GetParameter", request.Name, scope))
        .Add("GetParameters", () => json.GetParametersRequest, () => json.GetParametersResponse,
            (request, scope) => new(GetParameters.Handle(In(scope), request, scope, SecureFor(scope))),
            (request, scope) => (request.Names ?? []).SelectMany(name => On("GetParameters", name, scope)))
        .Add("GetParametersByPath", () => json.GetParametersByPathRequest, () => json.GetParametersByPathResponse,
            (request, scope) => new(GetParametersByPath.Handle(In(scope), request, scope, SecureFor(scope))),
            (request, scope) => On("GetParametersByPath", request.Path, scope))
        .Add("GetParameterHistory", () => json.GetParameterHistoryRequest, () => json.GetParameterHistoryResponse,
            (request, scope) => new(GetParameterHistory.Handle(In(scope), request, scope, SecureFor(scope))),
            (request, scope) => On("GetParameterHistory", request.Name, scope))
        .Add("DescribeParameters", () => json.DescribeParametersRequest, () => json.DescribeParametersResponse,
            (request, scope) => new(DescribeParameters.Handle(In(scope), request, scope)));

    private void AddWrites(AwsJsonProtocol wire, SsmJson json) => wire
        .Add("PutParameter", () => json.PutParameterRequest, () => json.PutParameterResponse,
            (request, scope) => new(PutParameter.Handle(In(scope), request, new PutParameter.Writer(
                scope.Region, scope.AccountId, scope.Principal.Name, SecureFor(scope)))),
            (request, scope) => On("PutParameter", request.Name, scope))
        .Add("LabelParameterVersion", () => json.LabelParameterVersionRequest, () => json.LabelParameterVersionResponse,
            (request, scope) => new(Labels.Put(In(scope), request)),
            (request, scope) => On("LabelParameterVersion", request.Name, scope))
        .Add("UnlabelParameterVersion", () => json.UnlabelParameterVersionRequest,
            () => json.UnlabelParameterVersionResponse,
            (request, scope) => new(Labels.Remove(In(scope), request)),
            (request, scope) => On("UnlabelParameterVersion", request.Name, scope))
        .Add("DeleteParameter", () => json.DeleteParameterRequest, () => json.EmptyResponse,
            (request, scope) => new(DeleteParameter.Handle(In(scope), request)),
            (request, scope) => On("DeleteParameter", request.Name, scope))
        .Add("DeleteParameters", () => json.DeleteParametersRequest, () => json.DeleteParametersResponse,
            (request, scope) => new(DeleteParameter.HandleSeveral(In(scope), request)),
            (request, scope) => (request.Names ?? []).SelectMany(name => On("DeleteParameters", name, scope)));

    private void AddTags(AwsJsonProtocol wire, SsmJson json) => wire
        .Add("AddTagsToResource", () => json.AddTagsToResourceRequest, () => json.EmptyResponse,
            (request, scope) => new(Tags.Add(In(scope), request)),
            (request, scope) => On("AddTagsToResource", request.ResourceId, scope))
        .Add("RemoveTagsFromResource", () => json.RemoveTagsFromResourceRequest, () => json.EmptyResponse,
            (request, scope) => new(Tags.Remove(In(scope), request)),
            (request, scope) => On("RemoveTagsFromResource", request.ResourceId, scope))
        .Add("ListTagsForResource", () => json.ListTagsForResourceRequest, () => json.ListTagsForResourceResponse,
            (request, scope) => new(Tags.List(In(scope), request)),
            (request, scope) => On("ListTagsForResource", request.ResourceId, scope));

    /// <summary>
    /// An action on a parameter, whatever version is selected; a path begins with the slash that its ARN has anyway.
    /// </summary>
    private static IEnumerable<ResourceAction> On(string action, string? name, CallScope scope)
    {
        if (string.IsNullOrEmpty(name)) return [];
        var plain = ParameterReference.TryParse(name, scope)?.Names[0];
        return [scope.On(action, plain is null ? name : $"parameter/{plain.TrimStart('/')}")];
    }
}
