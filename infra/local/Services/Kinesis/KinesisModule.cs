using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Kinesis.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kinesis;

/// <summary>Amazon Kinesis Data Streams: streams of records in shards, in memory.</summary>
internal sealed class KinesisModule : IServiceModule, IResourceProvider, IStreamSource, IDisposable
{
    private readonly Regional<Monitor<KinesisState>> streams;
    private readonly ServiceContext context;
    private readonly StreamHours hours;

    /// <param name="maxBytes">Of the records in all streams of a Region.</param>
    public KinesisModule(ServiceContext context, long maxBytes = KinesisLimits.MaxKeptBytes)
    {
        this.context = context;
        streams = new Regional<Monitor<KinesisState>>(
            region => new Monitor<KinesisState, AnswerRead>(
                "kinesis", new KinesisState(region, context.AccountId, maxBytes), context.Clock,
                static (answer, lease) => answer.Waiter.Complete(answer, lease), isPassive: true));
        hours = new StreamHours(streams, context);
        var json = new AwsJsonProtocol(
            "Kinesis_20131202", "1.1", "", KinesisLimits.MaxRequestBytes, KinesisErrors.NotSupported);
        Wire = new CborBodyProtocol(json, KinesisJson.Members);
        AddStreams(json, KinesisJson.Wire);
        AddRecords(json, KinesisJson.Wire);
        AddShards(json, KinesisJson.Wire);
        AddTags(json, KinesisJson.Wire);
    }

    public string SigningName => "kinesis";

    public string Service => SigningName;

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => KinesisTemplateParts.Parts;

    string IStreamSource.BatchInfoName => "KinesisBatchInfo";

    // Recorded against AWS: with milliseconds, other than a table's stream.
    string IStreamSource.ArrivalFormat => "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [StreamProvider.Type];

    public bool Exists(Arn resource) => resource.Resource.StartsWith("stream/", StringComparison.Ordinal)
        && streams.Find(resource.Region)?.Ask((state, _) => state.Find(resource.Resource["stream/".Length..])?.Arn)
            == resource;

    // Source: AWS Lambda API Reference, CreateEventSourceMapping: the timestamp can't be in the future.
    public string? Refuse(Arn stream, StreamStart start) =>
        start.Timestamp > context.Clock.GetUtcNow() ? "StartingPositionTimestamp cannot be in the future."
        : Exists(stream) ? null
        : $"Stream not found: {stream}";

    public IStreamReader CreateReader(Arn stream, string role) =>
        new KinesisStreamReader(streams.In(stream.Region), stream, role, context);

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var created = StreamProvider.Create(streams.In(declaration.Stack.Region), declaration);
        hours.Wake();
        return ValueTask.FromResult(created);
    }

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(
        update => StreamProvider.Change(streams.In(update.Declaration.Stack.Region), update.Declaration),
        deletion => StreamProvider.Delete(streams.In(deletion.Declaration.Stack.Region), deletion)) with
    {
        Replacement = ["Name"],
        NameProperty = "Name",
    };

    public void Dispose()
    {
        hours.Dispose();
        streams.Dispose();
    }

    private Monitor<KinesisState> In(CallScope scope) => streams.In(scope.Region);

    private void AddStreams(AwsJsonProtocol wire, KinesisJson json) => wire
        .Add("CreateStream", () => json.CreateStreamRequest, () => json.EmptyResponse,
            (request, scope) => new(Create(request, scope)), KinesisActions.Of)
        .Add("DeleteStream", () => json.DeleteStreamRequest, () => json.EmptyResponse,
            (request, scope) => new(Delete(request, scope)),
            (request, scope) => KinesisActions.On("DeleteStream", request.StreamName, request.StreamARN, scope))
        .Add("DescribeStream", () => json.DescribeStreamRequest, () => json.DescribeStreamResponse,
            (request, scope) => new(DescribeStream.Handle(In(scope), request, scope)),
            (request, scope) => KinesisActions.On("DescribeStream", request.StreamName, request.StreamARN, scope))
        .Add("DescribeStreamSummary", () => json.StreamRequest, () => json.DescribeStreamSummaryResponse,
            (request, scope) => new(DescribeStream.Summary(In(scope), request, scope)),
            (request, scope) => KinesisActions.On(
                "DescribeStreamSummary", request.StreamName, request.StreamARN, scope))
        .Add("ListStreams", () => json.ListStreamsRequest, () => json.ListStreamsResponse,
            (request, scope) => new(ListStreams.Handle(In(scope), request)))
        .Add("DescribeLimits", () => json.DescribeLimitsRequest, () => json.DescribeLimitsResponse,
            (_, scope) => new(DescribeLimits.Handle(In(scope))))
        .Add("IncreaseStreamRetentionPeriod", () => json.RetentionPeriodRequest, () => json.EmptyResponse,
            (request, scope) => new(StreamChanges.Increase(In(scope), request, scope)),
            (request, scope) => KinesisActions.On(
                "IncreaseStreamRetentionPeriod", request.StreamName, request.StreamARN, scope))
        .Add("DecreaseStreamRetentionPeriod", () => json.RetentionPeriodRequest, () => json.EmptyResponse,
            (request, scope) => new(StreamChanges.Decrease(In(scope), request, scope)),
            (request, scope) => KinesisActions.On(
                "DecreaseStreamRetentionPeriod", request.StreamName, request.StreamARN, scope))
        .Add("UpdateStreamMode", () => json.UpdateStreamModeRequest, () => json.EmptyResponse,
            (request, scope) => new(StreamChanges.Mode(In(scope), request, scope)),
            (request, scope) => KinesisActions.On("UpdateStreamMode", null, request.StreamARN, scope));

    private void AddRecords(AwsJsonProtocol wire, KinesisJson json) => wire
        .Add("PutRecord", () => json.PutRecordRequest, () => json.PutRecordResponse,
            (request, scope) => new(PutRecord.Handle(In(scope), request, scope, context)),
            (request, scope) => KinesisActions.On("PutRecord", request.StreamName, request.StreamARN, scope))
        .Add("PutRecords", () => json.PutRecordsRequest, () => json.PutRecordsResponse,
            (request, scope) => new(PutRecords.Handle(In(scope), request, scope, context)),
            (request, scope) => KinesisActions.On("PutRecords", request.StreamName, request.StreamARN, scope))
        .Add("GetShardIterator", () => json.GetShardIteratorRequest, () => json.GetShardIteratorResponse,
            (request, scope) => new(GetShardIterator.Handle(In(scope), request, scope)),
            (request, scope) => KinesisActions.On("GetShardIterator", request.StreamName, request.StreamARN, scope))
        .Add("GetRecords", () => json.GetRecordsRequest, () => json.GetRecordsResponse,
            (request, scope) => new(GetRecords.Handle(In(scope), request, scope, context)), KinesisActions.Of);

    private void AddShards(AwsJsonProtocol wire, KinesisJson json) => wire
        .Add("ListShards", () => json.ListShardsRequest, () => json.ListShardsResponse,
            (request, scope) => new(ListShards.Handle(In(scope), request, scope)), KinesisActions.Of)
        .Add("SplitShard", () => json.SplitShardRequest, () => json.EmptyResponse,
            (request, scope) => new(ShardChanges.Split(In(scope), request, scope, context)),
            (request, scope) => KinesisActions.On("SplitShard", request.StreamName, request.StreamARN, scope))
        .Add("MergeShards", () => json.MergeShardsRequest, () => json.EmptyResponse,
            (request, scope) => new(ShardChanges.Merge(In(scope), request, scope, context)),
            (request, scope) => KinesisActions.On("MergeShards", request.StreamName, request.StreamARN, scope))
        .Add("UpdateShardCount", () => json.UpdateShardCountRequest, () => json.UpdateShardCountResponse,
            (request, scope) => new(ShardChanges.Resize(In(scope), request, scope, context)),
            (request, scope) => KinesisActions.On("UpdateShardCount", request.StreamName, request.StreamARN, scope));

    private void AddTags(AwsJsonProtocol wire, KinesisJson json) => wire
        .Add("AddTagsToStream", () => json.AddTagsToStreamRequest, () => json.EmptyResponse,
            (request, scope) => new(Tags.Add(In(scope), request, scope)),
            (request, scope) => KinesisActions.On("AddTagsToStream", request.StreamName, request.StreamARN, scope))
        .Add("RemoveTagsFromStream", () => json.RemoveTagsFromStreamRequest, () => json.EmptyResponse,
            (request, scope) => new(Tags.Remove(In(scope), request, scope)),
            (request, scope) => KinesisActions.On(
                "RemoveTagsFromStream", request.StreamName, request.StreamARN, scope))
        .Add("ListTagsForStream", () => json.ListTagsForStreamRequest, () => json.ListTagsForStreamResponse,
            (request, scope) => new(Tags.List(In(scope), request, scope)),
            (request, scope) => KinesisActions.On("ListTagsForStream", request.StreamName, request.StreamARN, scope))
        .Add("TagResource", () => json.TagResourceRequest, () => json.EmptyResponse,
            (request, scope) => new(Tags.Add(In(scope), request, scope)),
            (request, scope) => KinesisActions.On("TagResource", null, request.ResourceARN, scope))
        .Add("UntagResource", () => json.UntagResourceRequest, () => json.EmptyResponse,
            (request, scope) => new(Tags.Remove(In(scope), request, scope)),
            (request, scope) => KinesisActions.On("UntagResource", null, request.ResourceARN, scope))
        .Add("ListTagsForResource", () => json.ListTagsForResourceRequest, () => json.ListTagsForResourceResponse,
            (request, scope) => new(Tags.List(In(scope), request, scope)),
            (request, scope) => KinesisActions.On("ListTagsForResource", null, request.ResourceARN, scope));

    private EmptyResponse Create(CreateStreamRequest request, CallScope scope)
    {
        var (name, shards) = CreateStream.Handle(In(scope), request);
        hours.Wake();
        context.Journal.Record(new StreamCreated(name, shards));
        return new EmptyResponse();
    }

    private EmptyResponse Delete(DeleteStreamRequest request, CallScope scope)
    {
        var name = request.Name(scope);
        In(scope).Post((state, now) => state.Delete(name, now));
        context.Journal.Record(new StreamDeleted(name));
        return new EmptyResponse();
    }
}
