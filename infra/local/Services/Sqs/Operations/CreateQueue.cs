using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record CreateQueueRequest(string? QueueName, Dictionary<string, string>? Attributes);

internal sealed record CreateQueueResponse(string QueueUrl);

/// <summary>Creates a queue, or finds the one of this name whose attributes are the same.</summary>
/// <remarks>Source: Amazon SQS API Reference, CreateQueue.</remarks>
internal static class CreateQueue
{
    /// <exception cref="AwsException">QueueNameExists, QueueDeletedRecently, and
    /// those of name and attributes.</exception>
    public static CreateQueueResponse Handle(Monitor<SqsState> queues, CreateQueueRequest request, CallScope scope)
    {
        var attributes = request.Attributes ?? [];
        var name = Parameters.QueueName(request.QueueName, QueueAttributes.IsFifo(attributes));
        var arn = new Arn("aws", "sqs", scope.Region, scope.AccountId, name);
        var settings = QueueAttributes.OfNew(attributes);
        queues.Post((state, now) => state.Create(arn, settings, attributes.Keys, now));
        return new CreateQueueResponse(QueueKey.Of(arn).ToUrl(scope.Origin));
    }
}
