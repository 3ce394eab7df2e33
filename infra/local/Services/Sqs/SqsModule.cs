using Isobar.Local.Costs;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Sqs.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>Amazon Simple Queue Service: standard and FIFO queues, over its JSON protocol.</summary>
internal sealed class SqsModule : IServiceModule, IResourceProvider, IEventSource, ITarget, IAsyncDisposable
{
    private readonly Regional<Monitor<SqsState>> queues;
    private readonly Journal journal;
    private readonly Identifiers identifiers;
    private readonly Uri address;
    private readonly MetricRecorder metrics;
    private readonly MinuteSampler sampler;

    public SqsModule(ServiceContext context)
    {
        address = context.Address;
        identifiers = context.Identifiers;
        journal = context.Journal;
        metrics = context.Metrics;
        sampler = new MinuteSampler("sqs metrics", context.Clock, now => Sample(context.Region, now));
        var handles = new ReceiptHandles(Convert.FromHexString(identifiers.NewHex(32)));
        queues = new Regional<Monitor<SqsState>>(
            _ => new Monitor<SqsState, SqsEffect>("sqs", new SqsState(handles), context.Clock, Perform));
        Wire = Operations();
    }

    public string SigningName => "sqs";

    public string Service => SigningName;

    public IWireProtocol Wire { get; }

    TemplateParts IServiceModule.TemplateParts => SqsTemplateParts.Parts;

    public IReadOnlyCollection<string> ResourceTypes { get; } = [QueueProvider.Type];

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        ValueTask.FromResult(QueueProvider.Create(queues.In(declaration.Stack.Region), address, declaration));

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(
        update => QueueProvider.Change(queues.In(update.Declaration.Stack.Region), address, update.Declaration),
        deletion => QueueProvider.Delete(queues.In(deletion.Declaration.Stack.Region), deletion)) with
    {
        Replacement = ["QueueName", "FifoQueue"],
        NameProperty = "QueueName",
    };

    public string? Refuse(Arn resource, EventSourceSettings settings) =>
        QueueEventReader.Refuse(queues.Find(resource.Region), resource, settings);

    public IEventReader CreateReader(Arn resource) =>
        new QueueEventReader(queues.In(resource.Region), resource, journal);

    /// <summary>Each call is a request, and a larger payload several.</summary>
    public IEnumerable<Charge> ChargesOf(CallAnswered call) => [Charge.Chunks(Meter.QueueRequests, call.RequestBytes)];

    public bool Exists(Arn resource) =>
        queues.Find(resource.Region)?.Ask((state, _) => state.Exists(QueueKey.Of(resource))) is true;

    /// <summary>Sends the payload as a message's body, and the attributes with it.</summary>
    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        // The caller may use its buffer again.
        var draft = MessageDrafts.Make(
            happened.Payload.ToArray(), happened, resource.AccountId, identifiers.NewGuid());
        var region = queues.Find(resource.Region) ?? throw SqsErrors.QueueDoesNotExist();
        var outcomes = region.Ask(
            (state, now) => state.Send(QueueKey.Of(resource), [draft], SendErrors.OfMessage, now));
        if (outcomes is [{ Error: { } error }]) throw error;
        journal.Record(new QueueRequested(
            resource.Resource, "SendMessage", Charge.Chunks(Meter.QueueRequests, happened.Payload.Length).Quantity));
        return ValueTask.CompletedTask;
    }

    /// <summary>Answers the receives that wait, so that the server can stop.</summary>
    public ValueTask DisposeAsync()
    {
        sampler.Dispose();
        foreach (var region in queues.All) region.Post(static (state, _) => state.Close());
        queues.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <returns>Whether there is something to sample in a minute.</returns>
    private bool Sample(string region, DateTimeOffset now)
    {
        var samples = queues.Find(region)?.Ask((state, _) => state.Sample(now)) ?? [];
        foreach (var datum in samples.SelectMany(QueueMetrics.Of)) metrics.Record(datum);
        return samples.Any(sample => !sample.IsEmpty);
    }

    private void Perform(SqsEffect effect, Activity.Lease lease)
    {
        switch (effect)
        {
            case ReportFact report:
                journal.Record(report.Fact);
                if (report.Fact is MessageSent or MessageMovedToDeadLetterQueue) sampler.Wake();
                break;
            case AnswerReceive answer:
                answer.Waiter.Complete(answer.Messages, lease);
                break;
            case FailReceive failure:
                failure.Waiter.Fail(failure.Error);
                break;
        }
    }

    private AwsJsonProtocol Operations()
    {
        var json = SqsJson.Wire;
        return new AwsJsonProtocol(
                "AmazonSQS", "1.0", "com.amazonaws.sqs", SqsLimits.MaxRequestBytes, SqsErrors.UnsupportedOperation)
            .Add("CreateQueue", () => json.CreateQueueRequest, () => json.CreateQueueResponse,
                (request, scope) => new(CreateQueue.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("CreateQueue", request.QueueName, scope))
            .Add("GetQueueUrl", () => json.GetQueueUrlRequest, () => json.GetQueueUrlResponse,
                (request, scope) => new(GetQueueUrl.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("GetQueueUrl", request.QueueName, scope))
            .Add("GetQueueAttributes", () => json.GetQueueAttributesRequest, () => json.GetQueueAttributesResponse,
                (request, scope) => new(GetQueueAttributes.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("GetQueueAttributes", request.QueueUrl, scope))
            .Add("SetQueueAttributes", () => json.SetQueueAttributesRequest, () => json.EmptyResponse,
                (request, scope) => new(SetQueueAttributes.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("SetQueueAttributes", request.QueueUrl, scope))
            .Add("ListQueues", () => json.ListQueuesRequest, () => json.ListQueuesResponse,
                (request, scope) => new(ListQueues.Handle(queues.In(scope.Region), request, scope)))
            .Add("DeleteQueue", () => json.QueueRequest, () => json.EmptyResponse,
                (request, scope) => new(DeleteQueue.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("DeleteQueue", request.QueueUrl, scope))
            .Add("PurgeQueue", () => json.QueueRequest, () => json.EmptyResponse,
                (request, scope) => new(PurgeQueue.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("PurgeQueue", request.QueueUrl, scope))
            .Add("SendMessage", () => json.SendMessageRequest, () => json.SendMessageResponse,
                (request, scope) => new(SendMessage.Handle(queues.In(scope.Region), identifiers, request, scope)),
                (request, scope) => On("SendMessage", request.QueueUrl, scope))
            .Add("SendMessageBatch", () => json.SendMessageBatchRequest, () => json.SendMessageBatchResponse,
                (request, scope) => new(SendMessageBatch.Handle(queues.In(scope.Region), identifiers, request, scope)),
                (request, scope) => On("SendMessage", request.QueueUrl, scope))
            .Add("ReceiveMessage", () => json.ReceiveMessageRequest, () => json.ReceiveMessageResponse,
                (request, scope) => ReceiveMessage.HandleAsync(queues.In(scope.Region), request, scope),
                (request, scope) => On("ReceiveMessage", request.QueueUrl, scope))
            .Add("DeleteMessage", () => json.DeleteMessageRequest, () => json.EmptyResponse,
                (request, scope) => new(DeleteMessage.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("DeleteMessage", request.QueueUrl, scope))
            .Add("DeleteMessageBatch", () => json.DeleteMessageBatchRequest, () => json.BatchResponse,
                (request, scope) => new(DeleteMessageBatch.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("DeleteMessage", request.QueueUrl, scope))
            .Add("ChangeMessageVisibility", () => json.ChangeMessageVisibilityRequest, () => json.EmptyResponse,
                (request, scope) => new(ChangeMessageVisibility.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("ChangeMessageVisibility", request.QueueUrl, scope))
            .Add("ChangeMessageVisibilityBatch", () => json.ChangeMessageVisibilityBatchRequest,
                () => json.BatchResponse,
                (request, scope) => new(ChangeMessageVisibilityBatch.Handle(queues.In(scope.Region), request, scope)),
                (request, scope) => On("ChangeMessageVisibility", request.QueueUrl, scope));
    }

    /// <summary>An action on a queue; a batch needs the permission of its single operation.</summary>
    /// <param name="queue">The queue's name or URL, of which the last part is the name.</param>
    private static IEnumerable<ResourceAction> On(string action, string? queue, CallScope scope) =>
        string.IsNullOrEmpty(queue) ? [] : [scope.On(action, queue[(queue.LastIndexOf('/') + 1)..])];
}
