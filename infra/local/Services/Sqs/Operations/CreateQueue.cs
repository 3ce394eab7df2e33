using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record CreateQueueRequest(string? QueueName, Dictionary<string, string>? Attributes);

internal sealed record CreateQueueResponse(string QueueUrl);

/// <summary>Creates a standard queue, or finds the one of this name whose attributes are the same.</summary>
/// <remarks>Source: Amazon SQS API Reference, CreateQueue.</remarks>
internal static class CreateQueue
{
    /// <exception cref="AwsException">QueueNameExists, QueueDeletedRecently, and
    /// those of name and attributes.</exception>
    public static CreateQueueResponse Handle(Monitor<SqsState> queues, CreateQueueRequest request, CallScope scope)
    {
        var attributes = request.Attributes ?? [];
        if (request.QueueName is { Length: <= 80 } fifo && fifo.EndsWith(".fifo", StringComparison.Ordinal)
            && attributes.GetValueOrDefault("FifoQueue") is "true")
            throw SqsErrors.UnsupportedOperation("FIFO queues are not supported.");
        var arn = new Arn("aws", "sqs", scope.Region, scope.AccountId, Parameters.QueueName(request.QueueName));
        var settings = QueueAttributes.Apply(QueueSettings.Default, attributes);
        queues.Post((state, now) => state.Create(arn, settings, attributes.Keys, now));
        return new CreateQueueResponse(QueueKey.Of(arn).ToUrl(scope.Origin));
    }
}
