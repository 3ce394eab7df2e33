using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>What names a queue.</summary>
internal readonly record struct QueueKey(string AccountId, string Region, string Name)
{
    public static QueueKey Of(Arn queue) => new(queue.AccountId, queue.Region, queue.Resource);

    /// <summary>
    /// Reads a QueueUrl parameter: a URL of any scheme and host whose path ends with account and name, or the name
    /// alone of a queue of the caller's account.
    /// </summary>
    /// <remarks>Source: LocalStack's AWS-validated tests give SetQueueAttributes and SendMessage a bare name.</remarks>
    /// <exception cref="AwsException">MissingParameter; QueueDoesNotExist: the URL names no queue.</exception>
    public static QueueKey FromUrl(string? url, CallScope scope)
    {
        if (string.IsNullOrEmpty(url)) throw SqsErrors.MissingParameter("QueueUrl");
        return url.Split('/') switch
        {
            [var name] => new QueueKey(scope.AccountId, scope.Region, name),
            [.., var account, { Length: > 0 } name] when IsAccountId(account) =>
                new QueueKey(account, scope.Region, name),
            _ => throw SqsErrors.QueueDoesNotExist(),
        };
    }

    /// <summary>The queue's URL at the address that the caller used.</summary>
    public string ToUrl(string origin) => $"{origin.TrimEnd('/')}/{AccountId}/{Name}";

    private static bool IsAccountId(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);
}
