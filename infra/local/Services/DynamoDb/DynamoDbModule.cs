using System.Text.Json.Serialization.Metadata;
using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>Amazon DynamoDB: tables of items, in memory.</summary>
internal sealed class DynamoDbModule : IServiceModule, IResourceProvider, IDisposable
{
    private readonly Monitor<DynamoDbState> monitor;
    private readonly Identifiers identifiers;

    public DynamoDbModule(ServiceClock clock, Identifiers identifiers)
    {
        this.identifiers = identifiers;
        monitor = new Monitor<DynamoDbState>("dynamodb", new DynamoDbState(), clock);
        var json = DynamoDbJson.Default;
        var wire = new AwsJsonProtocol("DynamoDB_20120810", "1.0", "com.amazonaws.dynamodb.v20120810",
            DynamoDbLimits.RequestBytes, DynamoDbErrors.NotSupported);
        Wire = new DynamoDbProtocol(wire);

        Add("CreateTable", json.CreateTableRequest, json.CreateTableResponse,
            (state, request, scope) => CreateTable.Handle(state, identifiers, request, scope));
        Add("DescribeTable", json.DescribeTableRequest, json.DescribeTableResponse, DescribeTable.Handle);
        Add("DeleteTable", json.DeleteTableRequest, json.CreateTableResponse, DeleteTable.Handle);
        Add("ListTables", json.ListTablesRequest, json.ListTablesResponse, ListTables.Handle);
        Add("PutItem", json.PutItemRequest, json.WriteItemResponse, PutItem.Handle);
        Add("UpdateItem", json.UpdateItemRequest, json.WriteItemResponse, UpdateItem.Handle);
        Add("DeleteItem", json.DeleteItemRequest, json.WriteItemResponse, DeleteItem.Handle);
        Add("GetItem", json.GetItemRequest, json.GetItemResponse, GetItem.Handle);
        Add("Query", json.QueryRequest, json.PageResponse, Query.Handle);
        Add("Scan", json.ScanRequest, json.PageResponse, Scan.Handle);
        Add("BatchGetItem", json.BatchGetItemRequest, json.BatchGetItemResponse, BatchGetItem.Handle);
        Add("BatchWriteItem", json.BatchWriteItemRequest, json.BatchWriteItemResponse, BatchWriteItem.Handle);
        Add("TransactGetItems", json.TransactGetItemsRequest, json.TransactGetItemsResponse, TransactGetItems.Handle);
        Add("TransactWriteItems", json.TransactWriteItemsRequest, json.EmptyResponse, TransactWriteItems.Handle);

        void Add<TRequest, TResponse>(
            string operation, JsonTypeInfo<TRequest> requestType, JsonTypeInfo<TResponse> responseType,
            Func<Monitor<DynamoDbState>, TRequest, CallScope, TResponse> handle)
            where TRequest : class =>
            wire.Add(operation, requestType, responseType,
                (request, scope) => ValueTask.FromResult(handle(monitor, request, scope)));
    }

    public string SigningName => "dynamodb";

    public IWireProtocol Wire { get; }

    public IReadOnlyCollection<string> ResourceTypes { get; } = [TableProvider.Type];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(TableProvider.Create(monitor, identifiers, declaration));

    public void Dispose() => monitor.Dispose();
}
