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

    /// <summary>Changes an API; its stages show what was deployed until another deployment is theirs.</summary>
    /// <exception cref="Wire.AwsException">NotFoundException.</exception>
    public void Replace(RestApi api) => apis[api.Id] = api with { CreatedDate = Api(api.Id).CreatedDate };

    /// <summary>Deletes an API with its deployments and stages; one that is not there is passed over.</summary>
    public void Delete(string apiId)
    {
        apis.Remove(apiId);
        stages.Remove(apiId);
        foreach (var key in deployments.Keys.Where(key => key.ApiId == apiId).ToList()) deployments.Remove(key);
    }

    /// <summary>Deletes a deployment; one that is not there is passed over.</summary>
    /// <exception cref="Wire.AwsException">BadRequestException: a stage shows it.</exception>
    public void DeleteDeployment(string apiId, string id)
    {
        if (stages.TryGetValue(apiId, out var own) && own.Values.Any(stage => stage.View.DeploymentId == id))
            throw ApiGatewayErrors.DeploymentInUse();
        deployments.Remove((apiId, id));
    }

    /// <summary>Deletes a stage; one that is not there is passed over.</summary>
    public void DeleteStage(string apiId, string name) => stages.GetValueOrDefault(apiId)?.Remove(name);

    /// <summary>Changes what a stage shows, and its settings.</summary>
    /// <exception cref="Wire.AwsException">NotFoundException.</exception>
    public void ChangeStage(
        string apiId, string name, string deploymentId, IReadOnlyDictionary<string, string> variables,
        string? description, bool tracingEnabled)
    {
        var api = Api(apiId);
        var before = stages[apiId].GetValueOrDefault(name) ?? throw ApiGatewayErrors.UnknownStage();
        stages[apiId][name] = new ApiStage(
            ViewOf(api, name, deploymentId, variables), description, tracingEnabled, before.CreatedDate);
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
        var view = ViewOf(Api(apiId), name, deploymentId, variables);
        var own = stages[apiId];
        if (own.ContainsKey(name)) throw ApiGatewayErrors.StageExists();
        if (own.Count >= ApiGatewayLimits.MaxStages)
            throw ApiGatewayErrors.TooMany("stages", ApiGatewayLimits.MaxStages);
        own.Add(name, new ApiStage(view, description, tracingEnabled, now));
    }

    private StageView ViewOf(
        RestApi api, string name, string deploymentId, IReadOnlyDictionary<string, string> variables)
    {
        var deployment = deployments.GetValueOrDefault((api.Id, deploymentId))
            ?? throw ApiGatewayErrors.UnknownDeployment();
        return new StageView(
            api.Id, api.AccountId, api.Region, api.Partition, name, deploymentId, variables, deployment.Definition,
            new RouteTable(deployment.Definition.Methods));
    }

    /// <returns>Null when there is no such API or stage.</returns>
    public StageView? Stage(string apiId, string name) =>
        stages.GetValueOrDefault(apiId)?.GetValueOrDefault(name)?.View;

    /// <summary>By name.</summary>
    /// <exception cref="Wire.AwsException">NotFoundException.</exception>
    public IReadOnlyList<ApiStage> Stages(string apiId) => [.. stages[Api(apiId).Id].Values];
}
