using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using Isobar.Functions.Tests.Jobs;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>The real client of DynamoDB, each of whose calls is a step of the worker.</summary>
internal sealed class StepwiseDynamoDb(Worker worker, AmazonDynamoDBConfig config)
    : AmazonDynamoDBClient(JobsTableOnPortZero.Credentials, config)
{
    // A chunk's item is looked at before the work and again before each try of the commit.
    private bool isPastWork;

    public override async Task<GetItemResponse> GetItemAsync(
        GetItemRequest request, CancellationToken cancellationToken = default)
    {
        var isAttempt = request.Key["item"].S.StartsWith("attempt#", StringComparison.Ordinal);
        var step = isAttempt ? "read attempt" : worker.Step.StartsWith("put", StringComparison.Ordinal) || isPastWork
            ? "look again" : "look";
        isPastWork = step == "look again";
        return await worker.StepAsync(step, () => base.GetItemAsync(request, cancellationToken));
    }

    public override async Task<PutItemResponse> PutItemAsync(
        PutItemRequest request, CancellationToken cancellationToken = default)
    {
        isPastWork = false;
        var step = request.Item["item"].S switch
        {
            "job" => "open job",
            var item when item.StartsWith("attempt#", StringComparison.Ordinal) => "record attempt",
            _ => "list job",
        };
        Func<Task<PutItemResponse>>? refuse = step == "open job"
            ? () => throw new TransactionConflictException("Transaction is ongoing for the item")
            : null;
        return await worker.StepAsync(step, () => base.PutItemAsync(request, cancellationToken), refuse);
    }

    public override async Task<TransactWriteItemsResponse> TransactWriteItemsAsync(
        TransactWriteItemsRequest request, CancellationToken cancellationToken = default)
    {
        var answer = await worker.StepAsync(
            "commit", () => base.TransactWriteItemsAsync(request, cancellationToken),
            () => throw ContendedDynamoDb.Conflict());
        isPastWork = false;
        return answer;
    }
}

/// <summary>A client of SQS that knows one queue; when it fails, it has taken half of a batch.</summary>
internal sealed class StepwiseSqs(Worker worker, MessageQueue queue)
    : AmazonSQSClient(
        JobsTableOnPortZero.Credentials, new AmazonSQSConfig { RegionEndpoint = Amazon.RegionEndpoint.USEast1 })
{
    public override Task<SendMessageBatchResponse> SendMessageBatchAsync(
        SendMessageBatchRequest request, CancellationToken cancellationToken = default) =>
        worker.StepAsync(
            "send",
            () => Send(request.Entries, request.Entries.Count),
            () => Send(request.Entries, request.Entries.Count / 2));

    private Task<SendMessageBatchResponse> Send(List<SendMessageBatchRequestEntry> entries, int taken)
    {
        foreach (var entry in entries.Take(taken)) queue.Send(entry.MessageBody);
        return Task.FromResult(new SendMessageBatchResponse
        {
            Successful = [.. entries.Take(taken).Select(entry => new SendMessageBatchResultEntry { Id = entry.Id })],
            Failed = [.. entries.Skip(taken).Select(
                entry => new BatchResultErrorEntry { Id = entry.Id, Code = "InternalError" })],
        });
    }
}
