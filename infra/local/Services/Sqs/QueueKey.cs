using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

/// <summary>What names a queue.</summary>
internal readonly record struct QueueKey(string AccountId, string Region, string Name)
{
    public static QueueKey Of(Arn queue) => new(queue.AccountId, queue.Region, queue.Resource);

    /// <summary>Reads a queue URL: whatever its scheme and host, its path ends with account and name.</summary>
    /// <exception cref="AwsException">MissingParameter; InvalidAddress.</exception>
    public static QueueKey FromUrl(string? url, CallScope scope)
    {
        if (string.IsNullOrEmpty(url)) throw SqsErrors.MissingParameter("QueueUrl");
        if (url.Split('/') is not [.., var account, { Length: > 0 } name] || !IsAccountId(account))
            throw SqsErrors.InvalidAddress(url);
        return new QueueKey(account, scope.Region, name);
    }

    /// <summary>The queue's URL at the address that the caller used.</summary>
    public string ToUrl(string origin) => $"{origin.TrimEnd('/')}/{AccountId}/{Name}";

    private static bool IsAccountId(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);
}
