using Isobar.Local.Services.ApiGateway.Definition;
using Isobar.Local.Services.ApiGateway.Requests;

namespace Isobar.Local.Services.ApiGateway;

/// <param name="Id">Ten lower-case letters and digits.</param>
/// <param name="EndpointType"><c>REGIONAL</c> or <c>EDGE</c>, as declared.</param>
internal sealed record RestApi(
    string Id, string Name, string? Description, string EndpointType, DateTimeOffset CreatedDate,
    string AccountId, string Region, string Partition, ApiDefinition Definition);

/// <param name="Definition">The API as it was when it was deployed.</param>
internal sealed record ApiDeployment(string Id, string ApiId, ApiDefinition Definition);

internal sealed record ApiStage(
    StageView View, string? Description, bool TracingEnabled, DateTimeOffset CreatedDate);

/// <summary>The APIs, their deployments and their stages.</summary>
internal sealed class ApiGatewayState
{
    private readonly SortedDictionary<string, RestApi> apis = new(StringComparer.Ordinal);
    private readonly Dictionary<(string ApiId, string Id), ApiDeployment> deployments = [];
    private readonly Dictionary<string, SortedDictionary<string, ApiStage>> stages = new(StringComparer.Ordinal);

    /// <summary>By id.</summary>
    public IReadOnlyList<RestApi> All() => [.. apis.Values];

    /// <exception cref="Wire.AwsException">NotFoundException.</exception>
    public RestApi Api(string id) => apis.GetValueOrDefault(id) ?? throw ApiGatewayErrors.UnknownApi();

    /// <summary>An API's name; null when it has been deleted.</summary>
    public string? NameOf(string id) => apis.GetValueOrDefault(id)?.Name;

    /// <exception cref="Wire.AwsException">LimitExceededException.</exception>
    public void Add(RestApi api)
    {
        if (apis.Count >= ApiGatewayLimits.MaxApis)
            throw ApiGatewayErrors.TooMany("REST APIs", ApiGatewayLimits.MaxApis);
        apis.Add(api.Id, api);
        stages.Add(api.Id, new SortedDictionary<string, ApiStage>(StringComparer.Ordinal));
    }

    /// <summary>Takes a snapshot of an API that stages can show.</summary>
    /// <exception cref="Wire.AwsException">NotFoundException; BadRequestException: it has no methods.</exception>
    public void Deploy(string apiId, string deploymentId)
    {
        var api = Api(apiId);
        if (api.Definition.Methods.Count == 0) throw ApiGatewayErrors.NoMethods();
        deployments.Add((apiId, deploymentId), new ApiDeployment(deploymentId, apiId, api.Definition));
    }

    /// <exception cref="Wire.AwsException">NotFoundException, ConflictException, LimitExceededException.</exception>
    public void AddStage(
        string apiId, string name, string deploymentId, IReadOnlyDictionary<string, string> variables,
        string? description, bool tracingEnabled, DateTimeOffset now)
    {
        var api = Api(apiId);
        var deployment = deployments.GetValueOrDefault((apiId, deploymentId))
            ?? throw ApiGatewayErrors.UnknownDeployment();
        var own = stages[apiId];
        if (own.ContainsKey(name)) throw ApiGatewayErrors.StageExists();
        if (own.Count >= ApiGatewayLimits.MaxStages)
            throw ApiGatewayErrors.TooMany("stages", ApiGatewayLimits.MaxStages);
        var view = new StageView(
            apiId, api.AccountId, api.Region, api.Partition, name, deploymentId, variables, deployment.Definition,
            new RouteTable(deployment.Definition.Methods));
        own.Add(name, new ApiStage(view, description, tracingEnabled, now));
    }

    /// <returns>Null when there is no such API or stage.</returns>
    public StageView? Stage(string apiId, string name) =>
        stages.GetValueOrDefault(apiId)?.GetValueOrDefault(name)?.View;

    /// <summary>By name.</summary>
    /// <exception cref="Wire.AwsException">NotFoundException.</exception>
    public IReadOnlyList<ApiStage> Stages(string apiId) => [.. stages[Api(apiId).Id].Values];
}
