using System.Text.Json.Serialization.Metadata;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Services.DynamoDb.Streams;
using Isobar.Local.Services.DynamoDb.Streams.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>Amazon DynamoDB: tables of items and their streams, in memory.</summary>
internal sealed class DynamoDbModule : IServiceModule, IResourceProvider, IStreamSource, IDisposable
{
    private readonly Regional<Monitor<DynamoDbState>> tables;
    private readonly Identifiers identifiers;

    public DynamoDbModule(ServiceContext context)
    {
        identifiers = context.Identifiers;
        tables = new Regional<Monitor<DynamoDbState>>(
            _ => new Monitor<DynamoDbState, AnswerRead>(
                "dynamodb time to live", new DynamoDbState(), context.Clock,
                static (answer, lease) => answer.Waiter.Complete(answer.Changes, answer.IsEnd, lease),
                isPassive: true));
        Wire = new DynamoDbProtocol(TableOperations(), StreamOperations());
    }

    private AwsJsonProtocol TableOperations()
    {
        var json = DynamoDbJson.Default;
        var wire = new AwsJsonProtocol("DynamoDB_20120810", "1.0", "com.amazonaws.dynamodb.v20120810",
            DynamoDbLimits.RequestBytes, DynamoDbErrors.NotSupported);
        Add("CreateTable", () => json.CreateTableRequest, () => json.CreateTableResponse,
            (state, request, scope) => CreateTable.Handle(state, identifiers, request, scope),
            TableActions.Of);
        Add("DescribeTable", () => json.DescribeTableRequest, () => json.DescribeTableResponse, DescribeTable.Handle,
            (request, scope) => TableActions.On("DescribeTable", request.TableName, null, scope));
        Add("UpdateTable", () => json.UpdateTableRequest, () => json.CreateTableResponse, UpdateTable.Handle,
            (request, scope) => TableActions.On("UpdateTable", request.TableName, null, scope));
        Add("TagResource", () => json.TagResourceRequest, () => json.EmptyResponse, Tags.Add,
            (request, scope) => TableActions.On("TagResource", request.ResourceArn, null, scope));
        Add("UntagResource", () => json.UntagResourceRequest, () => json.EmptyResponse, Tags.Remove,
            (request, scope) => TableActions.On("UntagResource", request.ResourceArn, null, scope));
        Add("ListTagsOfResource", () => json.ListTagsOfResourceRequest, () => json.ListTagsOfResourceResponse,
            Tags.List, (request, scope) => TableActions.On("ListTagsOfResource", request.ResourceArn, null, scope));
        Add("UpdateTimeToLive", () => json.UpdateTimeToLiveRequest, () => json.UpdateTimeToLiveResponse,
            UpdateTimeToLive.Handle,
            (request, scope) => TableActions.On("UpdateTimeToLive", request.TableName, null, scope));
        Add("DescribeTimeToLive", () => json.DescribeTimeToLiveRequest, () => json.DescribeTimeToLiveResponse,
            DescribeTimeToLive.Handle,
            (request, scope) => TableActions.On("DescribeTimeToLive", request.TableName, null, scope));
        Add("DeleteTable", () => json.DeleteTableRequest, () => json.CreateTableResponse, DeleteTable.Handle,
            (request, scope) => TableActions.On("DeleteTable", request.TableName, null, scope));
        Add("ListTables", () => json.ListTablesRequest, () => json.ListTablesResponse, ListTables.Handle);
        Add("PutItem", () => json.PutItemRequest, () => json.WriteItemResponse, PutItem.Handle,
            (request, scope) => TableActions.On("PutItem", request.TableName, null, scope));
        Add("UpdateItem", () => json.UpdateItemRequest, () => json.WriteItemResponse, UpdateItem.Handle,
            (request, scope) => TableActions.On("UpdateItem", request.TableName, null, scope));
        Add("DeleteItem", () => json.DeleteItemRequest, () => json.WriteItemResponse, DeleteItem.Handle,
            (request, scope) => TableActions.On("DeleteItem", request.TableName, null, scope));
        Add("GetItem", () => json.GetItemRequest, () => json.GetItemResponse, GetItem.Handle,
            (request, scope) => TableActions.On("GetItem", request.TableName, null, scope));
        Add("Query", () => json.QueryRequest, () => json.PageResponse, Query.Handle,
            (request, scope) => TableActions.On("Query", request.TableName, request.IndexName, scope));
        Add("Scan", () => json.ScanRequest, () => json.PageResponse, Scan.Handle,
            (request, scope) => TableActions.On("Scan", request.TableName, request.IndexName, scope));
        Add("BatchGetItem", () => json.BatchGetItemRequest, () => json.BatchGetItemResponse, BatchGetItem.Handle,
            (request, scope) => TableActions.OnAll("BatchGetItem", request.RequestItems?.Keys, scope));
        Add("BatchWriteItem", () => json.BatchWriteItemRequest,
            () => json.BatchWriteItemResponse, BatchWriteItem.Handle,
            (request, scope) => TableActions.OnAll("BatchWriteItem", request.RequestItems?.Keys, scope));
        Add("TransactGetItems", () => json.TransactGetItemsRequest, () => json.TransactGetItemsResponse,
            TransactGetItems.Handle, TableActions.Of);
        Add("TransactWriteItems", () => json.TransactWriteItemsRequest, () => json.EmptyResponse,
            TransactWriteItems.Handle, TableActions.Of);
        return wire;

        void Add<TRequest, TResponse>(
            string operation, Func<JsonTypeInfo<TRequest>> requestType, Func<JsonTypeInfo<TResponse>> responseType,
            Func<Monitor<DynamoDbState>, TRequest, CallScope, TResponse> handle,
            Func<TRequest, CallScope, IEnumerable<ResourceAction>>? actions = null)
            where TRequest : class =>
            wire.Add(operation, requestType, responseType,
                (request, scope) => ValueTask.FromResult(Handle(handle, tables.In(scope.Region), request, scope)),
                actions);
    }

    private AwsJsonProtocol StreamOperations()
    {
        var json = DynamoDbJson.Default;
        var wire = new AwsJsonProtocol(DynamoDbProtocol.StreamsPrefix, "1.0", "com.amazonaws.dynamodb.v20120810",
            DynamoDbLimits.RequestBytes, DynamoDbErrors.NotSupported);
        wire.Add("ListStreams", () => json.ListStreamsRequest, () => json.ListStreamsResponse,
                (request, scope) => Ask(ListStreams.Handle, request, scope))
            .Add("DescribeStream", () => json.DescribeStreamRequest, () => json.DescribeStreamResponse,
                (request, scope) => Ask(DescribeStream.Handle, request, scope),
                (request, scope) => StreamParameters.On("DescribeStream", request.StreamArn, scope))
            .Add("GetShardIterator", () => json.GetShardIteratorRequest, () => json.GetShardIteratorResponse,
                (request, scope) => Ask(GetShardIterator.Handle, request, scope),
                (request, scope) => StreamParameters.On("GetShardIterator", request.StreamArn, scope))
            .Add("GetRecords", () => json.GetRecordsRequest, () => json.GetRecordsResponse,
                (request, scope) => Ask(GetRecords.Handle, request, scope),
                (request, scope) => StreamParameters.On(
                    "GetRecords", request.ShardIterator?.Split('|')[0], scope));
        return wire;

        ValueTask<TResponse> Ask<TRequest, TResponse>(
            Func<Monitor<DynamoDbState>, TRequest, CallScope, TResponse> handle, TRequest request, CallScope scope) =>
            ValueTask.FromResult(handle(tables.In(scope.Region), request, scope));
    }

    private static TResponse Handle<TRequest, TResponse>(
        Func<Monitor<DynamoDbState>, TRequest, CallScope, TResponse> handle, Monitor<DynamoDbState> region,
        TRequest request, CallScope scope)
    {
        try
        {
            return handle(region, request, scope);
        }
        catch (AwsException e) when (e.Code == "ConditionalCheckFailedException")
        {
            Capacity.Write(scope, item: null);
            throw;
        }
    }

    public string SigningName => "dynamodb";

    public string Service => SigningName;

    string IStreamSource.BatchInfoName => "DDBStreamBatchInfo";

    // Recorded against AWS: to the second, other than a Kinesis stream's.
    string IStreamSource.ArrivalFormat => "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public bool Exists(Arn resource) => tables.Find(resource.Region)?.Ask((state, now) =>
        state.Streams.Find(resource.ToString(), now) is not null) ?? false;

    public string? Refuse(Arn stream, StreamStart start)
    {
        if (start.Name == StreamStart.AtTimestamp) return $"Unsupported starting position for arn type: {stream}";
        return Exists(stream) ? null : $"Stream not found: {stream}";
    }

    public IStreamReader CreateReader(Arn stream, string role) =>
        new TableStreamReader(tables.In(stream.Region), stream);

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => DynamoDbTemplateParts.Parts;

    public IReadOnlyCollection<string> ResourceTypes { get; } = [TableProvider.Type];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(TableProvider.Create(tables.In(declaration.Stack.Region), identifiers, declaration));

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(
        update => TableProvider.Change(tables.In(update.Declaration.Stack.Region), update.Declaration),
        deletion => TableProvider.Delete(tables.In(deletion.Declaration.Stack.Region), deletion)) with
    {
        Replacement = ["TableName", "KeySchema", "LocalSecondaryIndexes"],
        NameProperty = "TableName",
    };

    public void Dispose() => tables.Dispose();
}
