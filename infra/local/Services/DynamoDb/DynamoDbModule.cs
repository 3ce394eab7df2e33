using System.Text.Json.Serialization.Metadata;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.DynamoDb.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.DynamoDb;

/// <summary>Amazon DynamoDB: tables of items, in memory.</summary>
internal sealed class DynamoDbModule : IServiceModule, IResourceProvider, IDisposable
{
    private readonly Regional<Monitor<DynamoDbState>> tables;
    private readonly Identifiers identifiers;

    public DynamoDbModule(ServiceContext context)
    {
        identifiers = context.Identifiers;
        tables = new Regional<Monitor<DynamoDbState>>(
            _ => new Monitor<DynamoDbState>("dynamodb", new DynamoDbState(), context.Clock));
        var json = DynamoDbJson.Default;
        var wire = new AwsJsonProtocol("DynamoDB_20120810", "1.0", "com.amazonaws.dynamodb.v20120810",
            DynamoDbLimits.RequestBytes, DynamoDbErrors.NotSupported);
        Wire = new DynamoDbProtocol(wire);

        Add("CreateTable", () => json.CreateTableRequest, () => json.CreateTableResponse,
            (state, request, scope) => CreateTable.Handle(state, identifiers, request, scope),
            (request, scope) => TableActions.On("CreateTable", request.TableName, null, scope));
        Add("DescribeTable", () => json.DescribeTableRequest, () => json.DescribeTableResponse, DescribeTable.Handle,
            (request, scope) => TableActions.On("DescribeTable", request.TableName, null, scope));
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
        Add("TransactGetItems", () => json.TransactGetItemsRequest,
            () => json.TransactGetItemsResponse, TransactGetItems.Handle,
            TableActions.Of);
        Add("TransactWriteItems", () => json.TransactWriteItemsRequest,
            () => json.EmptyResponse, TransactWriteItems.Handle,
            TableActions.Of);

        void Add<TRequest, TResponse>(
            string operation, Func<JsonTypeInfo<TRequest>> requestType, Func<JsonTypeInfo<TResponse>> responseType,
            Func<Monitor<DynamoDbState>, TRequest, CallScope, TResponse> handle,
            Func<TRequest, CallScope, IEnumerable<ResourceAction>>? actions = null)
            where TRequest : class =>
            wire.Add(operation, requestType, responseType,
                (request, scope) => ValueTask.FromResult(Handle(handle, tables.In(scope.Region), request, scope)),
                actions);
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
        Replacement = ["TableName", "KeySchema", "AttributeDefinitions"],
        NameProperty = "TableName",
    };

    public void Dispose() => tables.Dispose();
}
