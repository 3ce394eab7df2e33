using Isobar.Local.Deployment;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Sqs.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>Amazon Simple Queue Service: standard queues, over its JSON protocol.</summary>
internal sealed class SqsModule : IServiceModule, IResourceProvider, IQueueSource, ITarget, IAsyncDisposable
{
    private readonly Monitor<SqsState> queues;
    private readonly Identifiers identifiers;
    private readonly Func<Uri> address;
    private readonly SqsQueueSource source;

    /// <param name="address">Where the host listens; asked when the template is deployed, not before.</param>
    public SqsModule(ServiceClock clock, Identifiers identifiers, Journal journal, Func<Uri> address)
    {
        this.address = address;
        this.identifiers = identifiers;
        var handles = new ReceiptHandles(Convert.FromHexString(identifiers.NewHex(32)));
        queues = new Monitor<SqsState>("sqs", new SqsState(handles, journal.Record), clock);
        source = new SqsQueueSource(queues);
        Wire = Operations();
    }

    public string SigningName => "sqs";

    public string Service => "sqs";

    public IWireProtocol Wire { get; }

    public IReadOnlyCollection<string> ResourceTypes { get; } = [QueueProvider.Type];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueueProvider.Create(queues, address(), declaration));

    public TimeSpan? VisibilityTimeout(Arn queue) => source.VisibilityTimeout(queue);

    public ValueTask<IReadOnlyList<QueueMessage>> ReceiveAsync(
        Arn queue, int maximum, CancellationToken cancellationToken, Action? received = null) =>
        source.ReceiveAsync(queue, maximum, cancellationToken, received);

    public ValueTask DeleteAsync(
        Arn queue, IReadOnlyList<string> receiptHandles, CancellationToken cancellationToken) =>
        source.DeleteAsync(queue, receiptHandles, cancellationToken);

    public ValueTask ReturnAsync(
        Arn queue, IReadOnlyList<string> receiptHandles, TimeSpan after, CancellationToken cancellationToken) =>
        source.ReturnAsync(queue, receiptHandles, after, cancellationToken);

    public bool Exists(Arn resource) => queues.Ask((state, _) => state.Exists(QueueKey.Of(resource)));

    /// <summary>Sends the payload as a message's body.</summary>
    public ValueTask DeliverAsync(Arn resource, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        DeliverAsync(resource, new TargetEvent(payload), cancellationToken);

    /// <summary>Sends the payload as a message's body, and the attributes with it.</summary>
    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        // The caller may use its buffer again.
        var draft = MessageDrafts.Make(
            happened.Payload.ToArray(), happened, resource.AccountId, identifiers.NewGuid());
        var errors = queues.Ask(
            (state, now) => state.Send(QueueKey.Of(resource), [draft], SqsErrors.MessageTooLong, now));
        return errors is [{ } error] ? throw error : ValueTask.CompletedTask;
    }

    /// <summary>Answers the receives that wait, so that the server can stop.</summary>
    public ValueTask DisposeAsync()
    {
        queues.Post(static (state, _) => state.Close());
        queues.Dispose();
        return ValueTask.CompletedTask;
    }

    private AwsJsonProtocol Operations()
    {
        var json = SqsJson.Wire;
        return new AwsJsonProtocol(
                "AmazonSQS", "1.0", "com.amazonaws.sqs", SqsLimits.MaxRequestBytes, SqsErrors.UnsupportedOperation)
            .Add("CreateQueue", json.CreateQueueRequest, json.CreateQueueResponse,
                (request, scope) => new(CreateQueue.Handle(queues, request, scope)))
            .Add("GetQueueUrl", json.GetQueueUrlRequest, json.GetQueueUrlResponse,
                (request, scope) => new(GetQueueUrl.Handle(queues, request, scope)))
            .Add("GetQueueAttributes", json.GetQueueAttributesRequest, json.GetQueueAttributesResponse,
                (request, scope) => new(GetQueueAttributes.Handle(queues, request, scope)))
            .Add("SetQueueAttributes", json.SetQueueAttributesRequest, json.EmptyResponse,
                (request, scope) => new(SetQueueAttributes.Handle(queues, request, scope)))
            .Add("ListQueues", json.ListQueuesRequest, json.ListQueuesResponse,
                (request, scope) => new(ListQueues.Handle(queues, request, scope)))
            .Add("DeleteQueue", json.QueueRequest, json.EmptyResponse,
                (request, scope) => new(DeleteQueue.Handle(queues, request, scope)))
            .Add("PurgeQueue", json.QueueRequest, json.EmptyResponse,
                (request, scope) => new(PurgeQueue.Handle(queues, request, scope)))
            .Add("SendMessage", json.SendMessageRequest, json.SendMessageResponse,
                (request, scope) => new(SendMessage.Handle(queues, identifiers, request, scope)))
            .Add("SendMessageBatch", json.SendMessageBatchRequest, json.SendMessageBatchResponse,
                (request, scope) => new(SendMessageBatch.Handle(queues, identifiers, request, scope)))
            .Add("ReceiveMessage", json.ReceiveMessageRequest, json.ReceiveMessageResponse,
                (request, scope) => ReceiveMessage.HandleAsync(queues, request, scope))
            .Add("DeleteMessage", json.DeleteMessageRequest, json.EmptyResponse,
                (request, scope) => new(DeleteMessage.Handle(queues, request, scope)))
            .Add("DeleteMessageBatch", json.DeleteMessageBatchRequest, json.BatchResponse,
                (request, scope) => new(DeleteMessageBatch.Handle(queues, request, scope)))
            .Add("ChangeMessageVisibility", json.ChangeMessageVisibilityRequest, json.EmptyResponse,
                (request, scope) => new(ChangeMessageVisibility.Handle(queues, request, scope)))
            .Add("ChangeMessageVisibilityBatch", json.ChangeMessageVisibilityBatchRequest, json.BatchResponse,
                (request, scope) => new(ChangeMessageVisibilityBatch.Handle(queues, request, scope)));
    }
}
