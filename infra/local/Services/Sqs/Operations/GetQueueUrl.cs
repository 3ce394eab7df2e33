using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record GetQueueUrlRequest(string? QueueName, string? QueueOwnerAWSAccountId);

internal sealed record GetQueueUrlResponse(string QueueUrl);

/// <summary>Returns the URL of a queue by its name, at the address that the caller used.</summary>
/// <remarks>Source: Amazon SQS API Reference, GetQueueUrl.</remarks>
internal static class GetQueueUrl
{
    /// <exception cref="AwsException">QueueDoesNotExist, also for any other account.</exception>
    public static GetQueueUrlResponse Handle(Monitor<SqsState> queues, GetQueueUrlRequest request, CallScope scope)
    {
        var name = Parameters.Required(request.QueueName, "QueueName");
        var key = new QueueKey(request.QueueOwnerAWSAccountId ?? scope.AccountId, scope.Region, name);
        if (!queues.Ask((state, _) => state.Exists(key))) throw SqsErrors.QueueDoesNotExist();
        return new GetQueueUrlResponse(key.ToUrl(scope.Origin));
    }
}
