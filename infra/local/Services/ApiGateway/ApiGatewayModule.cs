using Isobar.Local.Deployment;
using Isobar.Local.History;
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

    private readonly Monitor<ApiGatewayState> apis;
    private readonly Monitor<AuthorizationCache> authorizations;
    private readonly DataPlane dataPlane;

    /// <param name="invoker">Runs functions that are waited for; events go to <paramref name="targets"/>.</param>
    /// <param name="realTime">The limit of integrations is real time, as functions are.</param>
    public ApiGatewayModule(
        ServiceClock clock, Identifiers identifiers, Journal journal, IInvoker invoker, TargetDirectory targets,
        TimeProvider realTime)
    {
        apis = new Monitor<ApiGatewayState>("apigateway", new ApiGatewayState(), clock);
        authorizations = new Monitor<AuthorizationCache>("apigateway authorizations", new AuthorizationCache(), clock);
        var functions = new FunctionCalls(invoker, targets, journal, realTime);
        dataPlane = new DataPlane(
            apis, new Authorizers(functions, authorizations, realTime), new Integrations(functions), identifiers,
            journal);
        Wire = new RestJsonProtocol(ApiGatewayLimits.MaxControlRequestBytes)
            .Add("GET", "/restapis", request => GetRestApis.HandleAsync(apis, request))
            .Add("GET", "/restapis/{restapi_id}", request => GetRestApi.HandleAsync(apis, request))
            .Add("GET", "/restapis/{restapi_id}/stages", request => GetStages.HandleAsync(apis, request));
    }

    public string SigningName => "apigateway";

    public IWireProtocol Wire { get; }

    public IReadOnlyCollection<string> ResourceTypes { get; } =
        [RestApiProvider.Type, StageProvider.DeploymentType, StageProvider.StageType];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(declaration.Type switch
        {
            RestApiProvider.Type => RestApiProvider.Create(apis, declaration),
            StageProvider.DeploymentType => StageProvider.CreateDeployment(apis, declaration),
            _ => StageProvider.CreateStage(apis, declaration),
        });

    /// <summary>Answers unsigned requests below <see cref="Prefix"/>.</summary>
    public Task HandleAsync(HttpContext http) => dataPlane.HandleAsync(http);

    public ValueTask DisposeAsync()
    {
        apis.Dispose();
        authorizations.Dispose();
        return ValueTask.CompletedTask;
    }
}
