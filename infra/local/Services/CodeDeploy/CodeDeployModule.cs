using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.CodeDeploy.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.CodeDeploy;

/// <summary>AWS CodeDeploy for Lambda: deployments that move an alias to another version step by step.</summary>
internal sealed class CodeDeployModule : IServiceModule, IAliasDeployments, IDisposable
{
    private readonly Regional<RegionalDeployments> regions;
    private readonly ServiceContext context;

    public CodeDeployModule(ServiceContext context)
    {
        this.context = context;
        regions = new Regional<RegionalDeployments>(_ => new RegionalDeployments(context));
        Providers = [new CodeDeployResources(region => regions.In(region).State, context.Identifiers, context.Clock)];
        Wire = Operations();
    }

    public string SigningName => "codedeploy";

    public string Service => SigningName;

    /// <summary>Deployments to Lambda cost nothing.</summary>
    /// <remarks>Source: AWS CodeDeploy pricing.</remarks>
    public bool ChargesForCalls => false;

    public IWireProtocol Wire { get; }

    public IReadOnlyList<IResourceProvider> Providers { get; }

    public bool Exists(Arn resource) =>
        GroupOf(resource) is var (application, group)
        && regions.Find(resource.Region)?.State.Ask((state, _) => state.HasGroup(application, group)) is true;

    public async Task<string?> MoveAsync(Arn group, AliasMove move, CancellationToken cancellationToken)
    {
        var (application, name) = GroupOf(group) ?? throw CodeDeployErrors.GroupNotFound(group.Resource);
        var region = regions.In(group.Region);
        var revision = RevisionOf(move);
        var id = DeploymentId.New(context.Identifiers);
        var end = region.Effects.EndOf(id);
        try
        {
            region.State.Post((state, now) =>
            {
                var settings = state.Group(application, name);
                state.Begin(new LambdaDeployment(
                    id, settings, state.Config(settings.ConfigName), revision, move.Alias, now));
            });
            var failure = await end.WaitAsync(cancellationToken);
            return failure is null ? null : $"{id} failed. {failure}";
        }
        finally
        {
            region.Effects.Forget(id);
        }
    }

    public void Dispose() => regions.Dispose();

    private static AppSpec RevisionOf(AliasMove move)
    {
        var parts = move.Alias.Resource.Split(':');
        return AppSpec.Of(parts[1], parts[2], move);
    }

    private static (string Application, string Group)? GroupOf(Arn arn) =>
        arn.Resource.Split(':', 2) is ["deploymentgroup", var path]
            && path.Split('/', 2) is [var application, var group]
            ? (application, group)
            : null;

    private AwsJsonProtocol Operations()
    {
        var json = CodeDeployJson.Wire;
        var wire = new AwsJsonProtocol("CodeDeploy_20141006", "1.1", "com.amazonaws.codedeploy.v20141006",
            CodeDeployLimits.MaxRequestBytes, CodeDeployErrors.NotSupported);
        wire.Add("CreateApplication", () => json.CreateApplicationRequest, () => json.CreateApplicationResponse,
                (request, scope) => new(Applications.Create(In(scope), request, context.Identifiers)),
                (request, scope) => OnApplication("CreateApplication", request.ApplicationName, scope))
            .Add("DeleteApplication", () => json.DeleteApplicationRequest, () => json.EmptyResponse,
                (request, scope) => new(Applications.Delete(In(scope), request)),
                (request, scope) => OnApplication("DeleteApplication", request.ApplicationName, scope))
            .Add("CreateDeploymentGroup", () => json.CreateDeploymentGroupRequest,
                () => json.CreateDeploymentGroupResponse,
                (request, scope) => new(DeploymentGroups.Create(In(scope), request, context.Identifiers)),
                (request, scope) => OnGroup(
                    "CreateDeploymentGroup", request.ApplicationName, request.DeploymentGroupName, scope))
            .Add("GetApplication", () => json.GetApplicationRequest, () => json.GetApplicationResponse,
                (request, scope) => new(Applications.Get(In(scope), request)),
                (request, scope) => OnApplication("GetApplication", request.ApplicationName, scope))
            .Add("ListApplications", () => json.ListRequest, () => json.ListApplicationsResponse,
                (request, scope) => new(Applications.List(In(scope), request)))
            .Add("GetDeploymentGroup", () => json.GetDeploymentGroupRequest, () => json.GetDeploymentGroupResponse,
                (request, scope) => new(DeploymentGroups.Get(In(scope), request)),
                (request, scope) => OnGroup(
                    "GetDeploymentGroup", request.ApplicationName, request.DeploymentGroupName, scope))
            .Add("ListDeploymentGroups", () => json.ListDeploymentGroupsRequest,
                () => json.ListDeploymentGroupsResponse,
                (request, scope) => new(DeploymentGroups.List(In(scope), request)),
                (request, scope) => OnGroup("ListDeploymentGroups", request.ApplicationName, "*", scope))
            .Add("GetDeploymentConfig", () => json.GetDeploymentConfigRequest, () => json.GetDeploymentConfigResponse,
                (request, scope) => new(DeploymentConfigs.Get(In(scope), request)),
                (request, scope) => string.IsNullOrEmpty(request.DeploymentConfigName)
                    ? []
                    : [scope.On("GetDeploymentConfig", $"deploymentconfig:{request.DeploymentConfigName}")])
            .Add("ListDeploymentConfigs", () => json.ListRequest, () => json.ListDeploymentConfigsResponse,
                (request, scope) => new(DeploymentConfigs.List(In(scope), request)));
        return AddDeployments(wire, json);
    }

    private AwsJsonProtocol AddDeployments(AwsJsonProtocol wire, CodeDeployJson json) => wire
        .Add("CreateDeployment", () => json.CreateDeploymentRequest, () => json.CreateDeploymentResponse,
            (request, scope) => new(CreateDeployment.Handle(In(scope), request, scope, context.Identifiers)),
            (request, scope) => OnGroup(
                "CreateDeployment", request.ApplicationName, request.DeploymentGroupName, scope))
        .Add("GetDeployment", () => json.GetDeploymentRequest, () => json.GetDeploymentResponse,
            (request, scope) => new(GetDeployment.Handle(In(scope), request)))
        .Add("ListDeployments", () => json.ListDeploymentsRequest, () => json.ListDeploymentsResponse,
            (request, scope) => new(ListDeployments.Handle(In(scope), request)),
            (request, scope) => OnGroup(
                "ListDeployments", request.ApplicationName, request.DeploymentGroupName, scope))
        .Add("StopDeployment", () => json.StopDeploymentRequest, () => json.StopDeploymentResponse,
            (request, scope) => new(StopDeployment.Handle(In(scope), request)))
        .Add("ListDeploymentTargets", () => json.ListDeploymentTargetsRequest, () => json.ListDeploymentTargetsResponse,
            (request, scope) => new(DeploymentTargets.List(In(scope), request)))
        .Add("GetDeploymentTarget", () => json.GetDeploymentTargetRequest, () => json.GetDeploymentTargetResponse,
            (request, scope) => new(DeploymentTargets.Get(In(scope), request)))
        .Add("BatchGetDeploymentTargets",
            () => json.BatchGetDeploymentTargetsRequest, () => json.BatchGetDeploymentTargetsResponse,
            (request, scope) => new(DeploymentTargets.BatchGet(In(scope), request)))
        .Add("PutLifecycleEventHookExecutionStatus",
            () => json.PutLifecycleEventHookExecutionStatusRequest,
            () => json.PutLifecycleEventHookExecutionStatusResponse,
            (request, scope) => new(PutLifecycleEventHookExecutionStatus.Handle(In(scope), request)));

    private Monitor<CodeDeployState> In(CallScope scope) => regions.In(scope.Region).State;

    private static IEnumerable<ResourceAction> OnApplication(string action, string? name, CallScope scope) =>
        string.IsNullOrEmpty(name) ? [] : [scope.On(action, $"application:{name}")];

    private static IEnumerable<ResourceAction> OnGroup(
        string action, string? application, string? group, CallScope scope) =>
        string.IsNullOrEmpty(application) || string.IsNullOrEmpty(group)
            ? []
            : [scope.On(action, $"deploymentgroup:{application}/{group}")];
}

/// <summary>CodeDeploy in one Region: its state and what performs its decisions.</summary>
internal sealed class RegionalDeployments : IDisposable
{
    public RegionalDeployments(ServiceContext context)
    {
        Monitor<CodeDeployState, CodeDeployEffect>? state = null;
        Effects = new DeploymentEffects(context.Directory, context.Journal, message => state!.Post(message));
        State = state = new Monitor<CodeDeployState, CodeDeployEffect>(
            "codedeploy deployments", new CodeDeployState(context.Identifiers), context.Clock, Effects.Perform);
    }

    public Monitor<CodeDeployState> State { get; }

    public DeploymentEffects Effects { get; }

    public void Dispose()
    {
        Effects.Dispose();
        State.Dispose();
    }
}
