using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Logs.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Logs;

/// <summary>Amazon CloudWatch Logs: groups and streams, with the lines of the functions' logs as their events.
/// </summary>
internal sealed class LogsModule : IServiceModule, IResourceProvider, ILogSink, IAsyncDisposable
{
    private readonly ServiceContext context;
    private readonly Regional<Monitor<LogsState>> logs;
    private readonly CancellationTokenSource stopping = new();

    public LogsModule(ServiceContext context)
    {
        this.context = context;
        logs = new Regional<Monitor<LogsState>>(
            _ => new Monitor<LogsState>("logs", new LogsState(context.Journal), context.Clock));
        Wire = Operations();
    }

    public string SigningName => "logs";

    public IWireProtocol Wire { get; }

    public IReadOnlyCollection<string> ResourceTypes { get; } = [LogGroupProvider.Type];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(LogGroupProvider.Create(logs.In(declaration.Stack.Region), declaration));

    public TypeUpdates UpdatesOf(string type) => LogGroupProvider.UpdatesOf(logs);

    /// <summary>
    /// Adds a line to its stream, which is made for the first line, with the group where it has none: as Lambda does,
    /// with the permissions of the function's role.
    /// </summary>
    public void Write(LogLine line)
    {
        var region = logs.In(context.Region);
        if (region.Ask(static (state, written, now) => state.TryAdd(written, now), line)) return;
        if (MayCreate(line, region)) region.Post((state, now) => state.AddAnew(line, now));
        else context.Journal.Record(new LogLineRefused(line.LogGroup, line.FunctionName, line.RequestId));
    }

    /// <summary>Ends the live tail sessions, so that the server can stop.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        logs.Dispose();
    }

    private async Task TailAsync(
        StartLiveTailRequest request, CallScope scope, Func<string, ReadOnlyMemory<byte>, Task> send)
    {
        var region = logs.In(scope.Region);
        var session = StartLiveTail.Begin(region, request, scope);
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(scope.Aborted, stopping.Token);
            await StartLiveTail.SendAsync(
                session, request, scope, context.Identifiers.NewGuid().ToString(), context.RealTime, send,
                ended.Token);
        }
        finally
        {
            region.Post((state, _) => state.End(session));
        }
    }

    private bool MayCreate(LogLine line, Monitor<LogsState> region)
    {
        if (context.Gate is not { } gate) return true;
        var scope = new CallScope(line.RequestId ?? "", line.AccessKey, context.Region, context.AccountId)
        {
            Service = SigningName,
            Keys = context.Keys,
        };
        List<ResourceAction> actions =
        [
            .. LogsArn.Action("CreateLogStream", line.LogGroup, scope, line.LogStream),
            .. LogsArn.Action("PutLogEvents", line.LogGroup, scope, line.LogStream),
        ];
        if (!region.Ask(static (state, group, _) => state.Exists(group), line.LogGroup))
            actions.InsertRange(0, LogsArn.Action("CreateLogGroup", line.LogGroup, scope));
        try
        {
            gate.Check(new AuthorizationRequest(scope.RequestId, scope.Principal, scope.Region, actions));
            return true;
        }
        catch (AwsException)
        {
            return false;
        }
    }

    private AwsJsonProtocol Operations()
    {
        var json = LogsJson.Wire;
        return AddTags(new AwsJsonProtocol(
                "Logs_20140328", "1.1", "com.amazonaws.logs", LogsLimits.MaxRequestBytes, LogsErrors.InvalidParameter)
            .Add("CreateLogGroup", () => json.CreateLogGroupRequest, () => json.Empty,
                (request, scope) => new(CreateLogGroup.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action("CreateLogGroup", request.LogGroupName, scope))
            .Add("DeleteLogGroup", () => json.DeleteLogGroupRequest, () => json.Empty,
                (request, scope) => new(DeleteLogGroup.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action("DeleteLogGroup", request.LogGroupName, scope))
            .Add("DescribeLogGroups", () => json.DescribeLogGroupsRequest, () => json.DescribeLogGroupsResponse,
                (request, scope) => new(DescribeLogGroups.Handle(logs.In(scope.Region), request, scope)),
                (_, scope) => LogsArn.Action("DescribeLogGroups", null, scope))
            .Add("ListLogGroups", () => json.ListLogGroupsRequest, () => json.ListLogGroupsResponse,
                (request, scope) => new(ListLogGroups.Handle(logs.In(scope.Region), request, scope)),
                (_, scope) => LogsArn.Action("ListLogGroups", null, scope))
            .Add("CreateLogStream", () => json.LogStreamRequest, () => json.Empty,
                (request, scope) => new(CreateLogStream.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action(
                    "CreateLogStream", request.LogGroupName, scope, request.LogStreamName))
            .Add("DeleteLogStream", () => json.LogStreamRequest, () => json.Empty,
                (request, scope) => new(DeleteLogStream.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action(
                    "DeleteLogStream", request.LogGroupName, scope, request.LogStreamName))
            .Add("DescribeLogStreams", () => json.DescribeLogStreamsRequest, () => json.DescribeLogStreamsResponse,
                (request, scope) => new(DescribeLogStreams.Handle(logs.In(scope.Region), request, scope)),
                (request, scope) => LogsArn.ActionOn(
                    "DescribeLogStreams", request.LogGroupName, request.LogGroupIdentifier, scope))
            .Add("PutLogEvents", () => json.PutLogEventsRequest, () => json.PutLogEventsResponse,
                (request, scope) => new(PutLogEvents.Handle(logs.In(scope.Region), request, scope)),
                (request, scope) => LogsArn.Action("PutLogEvents", request.LogGroupName, scope, request.LogStreamName))
            .Add("GetLogEvents", () => json.GetLogEventsRequest, () => json.GetLogEventsResponse,
                (request, scope) => new(GetLogEvents.Handle(logs.In(scope.Region), request, scope)),
                (request, scope) => LogsArn.ActionOn(
                    "GetLogEvents", request.LogGroupName, request.LogGroupIdentifier, scope, request.LogStreamName))
            .Add("FilterLogEvents", () => json.FilterLogEventsRequest, () => json.FilterLogEventsResponse,
                (request, scope) => new(FilterLogEvents.Handle(logs.In(scope.Region), request, scope)),
                (request, scope) => LogsArn.ActionOn(
                    "FilterLogEvents", request.LogGroupName, request.LogGroupIdentifier, scope))
            .Add("PutRetentionPolicy", () => json.PutRetentionPolicyRequest, () => json.Empty,
                (request, scope) => new(PutRetentionPolicy.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action("PutRetentionPolicy", request.LogGroupName, scope))
            .Add("DeleteRetentionPolicy", () => json.DeleteRetentionPolicyRequest, () => json.Empty,
                (request, scope) => new(DeleteRetentionPolicy.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action("DeleteRetentionPolicy", request.LogGroupName, scope))
            .AddStream("StartLiveTail", () => json.StartLiveTailRequest, TailAsync,
                (request, scope) => request.LogGroupIdentifiers?.SelectMany(
                    group => LogsArn.ActionOn("StartLiveTail", null, group, scope)) ?? [])
            .Add("TestMetricFilter", () => json.TestMetricFilterRequest, () => json.TestMetricFilterResponse,
                (request, _) => new(TestMetricFilter.Handle(request))));
    }

    private AwsJsonProtocol AddTags(AwsJsonProtocol protocol)
    {
        var json = LogsJson.Wire;
        return protocol
            .Add("TagResource", () => json.TagResourceRequest, () => json.Empty,
                (request, scope) => new(TagResource.Handle(logs.In(scope.Region), request, scope)),
                (request, scope) => LogsArn.ActionOn("TagResource", null, request.ResourceArn, scope))
            .Add("UntagResource", () => json.UntagResourceRequest, () => json.Empty,
                (request, scope) => new(UntagResource.Handle(logs.In(scope.Region), request, scope)),
                (request, scope) => LogsArn.ActionOn("UntagResource", null, request.ResourceArn, scope))
            .Add("ListTagsForResource", () => json.ListTagsForResourceRequest, () => json.ListTagsResponse,
                (request, scope) => new(ListTagsForResource.Handle(logs.In(scope.Region), request, scope)),
                (request, scope) => LogsArn.ActionOn("ListTagsForResource", null, request.ResourceArn, scope))
            .Add("TagLogGroup", () => json.TagLogGroupRequest, () => json.Empty,
                (request, scope) => new(TagResource.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action("TagLogGroup", request.LogGroupName, scope))
            .Add("UntagLogGroup", () => json.UntagLogGroupRequest, () => json.Empty,
                (request, scope) => new(UntagResource.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action("UntagLogGroup", request.LogGroupName, scope))
            .Add("ListTagsLogGroup", () => json.ListTagsLogGroupRequest, () => json.ListTagsResponse,
                (request, scope) => new(ListTagsForResource.Handle(logs.In(scope.Region), request)),
                (request, scope) => LogsArn.Action("ListTagsLogGroup", request.LogGroupName, scope));
    }
}
