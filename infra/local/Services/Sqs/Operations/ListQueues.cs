using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs.Operations;

internal sealed record ListQueuesRequest(string? QueueNamePrefix, int? MaxResults, string? NextToken);

internal sealed record ListQueuesResponse(List<string>? QueueUrls, string? NextToken);

/// <summary>Lists queue URLs by name: at most 1,000, and pages of them if MaxResults is given.</summary>
/// <remarks>Source: Amazon SQS API Reference, ListQueues.</remarks>
internal static class ListQueues
{
    /// <exception cref="AwsException">InvalidParameterValue.</exception>
    public static ListQueuesResponse Handle(Monitor<SqsState> queues, ListQueuesRequest request, CallScope scope)
    {
        var most = request.MaxResults ?? SqsLimits.MaxListResults;
        if (most is < 1 or > SqsLimits.MaxListResults)
            throw SqsErrors.InvalidParameter(
                "MaxResults", most, $"MaxResults must be an integer between 1 and {SqsLimits.MaxListResults}.");
        var after = string.IsNullOrEmpty(request.NextToken) ? "" : ReadToken(request.NextToken);
        var prefix = request.QueueNamePrefix ?? "";
        var names = queues.Ask((state, _) => state.Names(scope.AccountId, scope.Region)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(name, after) > 0)
            .Take(most + 1).ToList());
        var more = names.Count > most;
        if (more) names.RemoveAt(most);
        return new ListQueuesResponse(
            names.Count == 0 ? null : names.ConvertAll(
                name => new QueueKey(scope.AccountId, scope.Region, name).ToUrl(scope.Origin)),
            more && request.MaxResults is not null ? Convert.ToBase64String(Encoding.UTF8.GetBytes(names[^1])) : null);
    }

    private static string ReadToken(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var written)
            ? Encoding.UTF8.GetString(bytes, 0, written)
            : throw SqsErrors.InvalidParameter("NextToken", token, "Invalid or expired next token.");
    }
}
