using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.ApiGateway.Operations;
using Isobar.Local.Services.ApiGateway.Requests;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.ApiGateway;

/// <summary>Amazon API Gateway's REST APIs: requests to them, and their description.</summary>
internal sealed class ApiGatewayModule : IServiceModule, IResourceProvider, IAsyncDisposable
{
    /// <summary>What the paths of requests to APIs begin with: <c>PREFIX/API-ID/STAGE/…</c>.</summary>
    public const string Prefix = "/_aws/execute-api";

    private readonly Regional<Monitor<ApiGatewayState>> apis;
    private readonly Monitor<AuthorizationCache> authorizations;
    private readonly DataPlane dataPlane;

    public ApiGatewayModule(ServiceContext context)
    {
        var (clock, realTime, journal) = (context.Clock, context.RealTime, context.Journal);
        apis = new Regional<Monitor<ApiGatewayState>>(
            _ => new Monitor<ApiGatewayState>("apigateway", new ApiGatewayState(), clock));
        authorizations = new Monitor<AuthorizationCache>("apigateway authorizations", new AuthorizationCache(), clock);
        var functions = new FunctionCalls(context.Directory, journal, realTime);
        dataPlane = new DataPlane(
            // A path names no Region: the host's stack has the APIs that are called.
            apis.In(context.Region), new Authorizers(functions, authorizations, realTime), new Integrations(functions),
            context.Identifiers, journal, realTime);
        Wire = new RestJsonProtocol(ApiGatewayLimits.MaxControlRequestBytes)
            .Add("GET", "GET", "/restapis", request => GetRestApis.HandleAsync(Of(request), request), Resource)
            .Add("GET", "GET", "/restapis/{restapi_id}",
                request => GetRestApi.HandleAsync(Of(request), request), Resource)
            .Add("GET", "GET", "/restapis/{restapi_id}/stages",
                request => GetStages.HandleAsync(Of(request), request), Resource);
    }

    public string SigningName => "apigateway";

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => ApiGatewayTemplateParts.Parts;

    public IReadOnlyCollection<string> ResourceTypes { get; } =
        [RestApiProvider.Type, StageProvider.DeploymentType, StageProvider.StageType];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var region = apis.In(declaration.Stack.Region);
        return ValueTask.FromResult(declaration.Type switch
        {
            RestApiProvider.Type => RestApiProvider.Create(region, declaration),
            StageProvider.DeploymentType => StageProvider.CreateDeployment(region, declaration),
            _ => StageProvider.CreateStage(region, declaration),
        });
    }

    public TypeUpdates UpdatesOf(string type) => type switch
    {
        RestApiProvider.Type => TypeUpdates.InPlace(
            update => RestApiProvider.Change(In(update.Declaration), update.Declaration),
            deletion => In(deletion.Declaration).Post((state, _) => state.Delete(deletion.Existing.PhysicalId))),
        StageProvider.DeploymentType => TypeUpdates.InPlace(
            null, deletion => StageProvider.DeleteDeployment(In(deletion.Declaration), deletion)) with
        {
            // AWS changes a deployment's StageName in place; SAM never does.
            Replacement = ["RestApiId", "Description", "StageName"],
        },
        _ => TypeUpdates.InPlace(
            update => StageProvider.ChangeStage(In(update.Declaration), update.Declaration),
            deletion => StageProvider.DeleteStage(In(deletion.Declaration), deletion.Declaration)) with
        {
            Replacement = ["RestApiId", "StageName"],
        },
    };

    private Monitor<ApiGatewayState> In(ResourceDeclaration declaration) => apis.In(declaration.Stack.Region);

    public IReadOnlyDictionary<string, RequestDelegate> Paths =>
        new Dictionary<string, RequestDelegate> { [Prefix] = dataPlane.HandleAsync };

    private Monitor<ApiGatewayState> Of(RestRequest request) => apis.In(request.Scope.Region);

    // IAM knows the control plane by its HTTP methods and paths; the ARN has no account.
    private static string Resource(RestRequest request) =>
        $"arn:aws:apigateway:{request.Scope.Region}::{request.Http.Request.Path.Value}";

    public ValueTask DisposeAsync()
    {
        apis.Dispose();
        authorizations.Dispose();
        return ValueTask.CompletedTask;
    }
}
