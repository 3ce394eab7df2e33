using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Isobar.Functions.Tests.Jobs;
using Isobar.Summaries;
using Isobar.Summarize;

namespace Isobar.Functions.Tests.Simulation.Months;

/// <summary>The real client of DynamoDB, each of whose calls is a step of the worker.</summary>
internal sealed class StepwiseStations(Worker worker, AmazonDynamoDBConfig config)
    : AmazonDynamoDBClient(JobsTableOnPortZero.Credentials, config)
{
    public override Task<GetItemResponse> GetItemAsync(
        GetItemRequest request, CancellationToken cancellationToken = default) =>
        worker.StepAsync(
            request.Key["station"].S.StartsWith("country#", StringComparison.Ordinal) ? "look at list" : "look",
            () => base.GetItemAsync(request, cancellationToken));

    public override Task<QueryResponse> QueryAsync(
        QueryRequest request, CancellationToken cancellationToken = default) => worker.StepAsync(
        request.TableName == JobsTableOnPortZero.Name ? "list chunks"
            : request.Limit == 1 ? "look at source"
            : request.ExpressionAttributeValues.ContainsKey(":source") ? "list versions" : "query",
        () => base.QueryAsync(request, cancellationToken));

    public override Task<BatchGetItemResponse> BatchGetItemAsync(
        BatchGetItemRequest request, CancellationToken cancellationToken = default) =>
        worker.StepAsync("read current", () => base.BatchGetItemAsync(request, cancellationToken));

    // When it fails, half of the items are written and the others are left unprocessed.
    public override Task<BatchWriteItemResponse> BatchWriteItemAsync(
        BatchWriteItemRequest request, CancellationToken cancellationToken = default)
    {
        var (table, writes) = request.RequestItems.Single();
        var first = writes[0].PutRequest.Item;
        var partition = first["station"].S;
        var step = partition == "countries" ? "put countries"
            : partition.StartsWith("country#", StringComparison.Ordinal) ? "list stations"
            : first.ContainsKey("expiresAt") ? "expire years" : "put years";
        return worker.StepAsync(
            step, () => base.BatchWriteItemAsync(request, cancellationToken),
            async () =>
            {
                var half = writes.Take(writes.Count / 2).ToList();
                if (half.Count > 0)
                    await base.BatchWriteItemAsync(
                        new BatchWriteItemRequest { RequestItems = new() { [table] = half } }, cancellationToken);
                return new BatchWriteItemResponse
                {
                    UnprocessedItems = new() { [table] = [.. writes.Skip(half.Count)] },
                };
            });
    }

    public override Task<UpdateItemResponse> UpdateItemAsync(
        UpdateItemRequest request, CancellationToken cancellationToken = default)
    {
        var partition = request.Key["station"].S;
        var step = partition == "report" ? "ask report"
            : partition.StartsWith("source#", StringComparison.Ordinal)
                ? request.UpdateExpression.Contains("ADD", StringComparison.Ordinal) ? "add shard" : "begin version"
            : request.UpdateExpression.StartsWith("ADD", StringComparison.Ordinal) ? "add source"
            : "remove version";
        return worker.StepAsync(step, () => base.UpdateItemAsync(request, cancellationToken));
    }

    public override Task<DeleteItemResponse> DeleteItemAsync(
        DeleteItemRequest request, CancellationToken cancellationToken = default) =>
        worker.StepAsync(
            request.Key["station"].S.StartsWith("country#", StringComparison.Ordinal) ? "unlist"
                : request.Key["station"].S.StartsWith("source#", StringComparison.Ordinal) ? "forget version"
                : "remove source",
            () => base.DeleteItemAsync(request, cancellationToken));

    public override Task<PutItemResponse> PutItemAsync(
        PutItemRequest request, CancellationToken cancellationToken = default) =>
        worker.StepAsync("make current", () => base.PutItemAsync(request, cancellationToken));
}

/// <summary>The data bucket, as one worker sees it.</summary>
internal sealed class MonthFiles(Worker worker, DataBucket bucket) : IMonthFiles
{
    public Task<Stream?> OpenAsync(string key, CancellationToken cancellationToken) => worker.StepAsync(
        $"read {key.Split('/')[0]}",
        () => Task.FromResult<Stream?>(
            bucket.Objects.TryGetValue(key, out var bytes) ? new MemoryStream(bytes) : null));

    public Task PutAsync(string key, Stream content, CancellationToken cancellationToken) => worker.StepAsync(
        $"put {key.Split('/')[0]}",
        () =>
        {
            bucket.Put(key, Undisturbed.Bytes(content));
            return Task.FromResult(true);
        });

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => worker.StepAsync(
        $"delete {key.Split('/')[0]}",
        () =>
        {
            bucket.Delete(key);
            return Task.FromResult(true);
        });
}

/// <summary>Sends to a queue; when it fails, it has taken half of the messages.</summary>
internal sealed class Summaries(Worker worker, GroupedQueue queue) : ISummaryQueue
{
    public Task SendAsync(IReadOnlyList<SummaryMessage> messages, CancellationToken cancellationToken) =>
        worker.StepAsync(
            "send",
            () => Send(messages),
            () =>
            {
                Send(messages.Take(messages.Count / 2));
                throw new CallFailedException();
            });

    private Task<bool> Send(IEnumerable<SummaryMessage> messages)
    {
        foreach (var message in messages) queue.Send(message.ToJson(), message.Group, message.DeduplicationId);
        return Task.FromResult(true);
    }
}
