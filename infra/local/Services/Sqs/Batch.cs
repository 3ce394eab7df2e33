using Isobar.Local.Wire;

namespace Isobar.Local.Services.Sqs;

internal interface IBatchEntry
{
    string? Id { get; }
}

internal sealed record BatchResultEntry(string Id);

/// <param name="SenderFault">Whether trying again would change nothing.</param>
internal sealed record BatchResultErrorEntry(string Id, bool SenderFault, string Code, string Message);

internal sealed record BatchResponse(List<BatchResultEntry> Successful, List<BatchResultErrorEntry>? Failed);

/// <summary>What the batch operations have in common.</summary>
internal static class Batch
{
    /// <summary>Checks number and ids of the entries, in AWS's order.</summary>
    /// <param name="entryType">The entry's name in the API, for the message.</param>
    /// <exception cref="AwsException">EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId,
    /// BatchEntryIdsNotDistinct.</exception>
    public static IReadOnlyList<TEntry> Check<TEntry>(TEntry?[]? entries, string entryType)
        where TEntry : class, IBatchEntry
    {
        if (entries is not { Length: > 0 }) throw SqsErrors.EmptyBatchRequest(entryType);
        if (entries.Length > SqsLimits.MaxBatchEntries) throw SqsErrors.TooManyEntries(entries.Length);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (entry?.Id is not { Length: > 0 and <= 80 } id || !id.All(IsIdCharacter))
                throw SqsErrors.InvalidBatchEntryId();
            if (!ids.Add(id)) throw SqsErrors.BatchEntryIdsNotDistinct(id);
        }

        return entries!;
    }

    /// <summary>Does each entry by itself.</summary>
    public static BatchResponse Run<TEntry>(IReadOnlyList<TEntry> entries, Action<TEntry> work)
        where TEntry : IBatchEntry
    {
        var successful = new List<BatchResultEntry>();
        var failed = new List<BatchResultErrorEntry>();
        foreach (var entry in entries)
        {
            try
            {
                work(entry);
                successful.Add(new BatchResultEntry(entry.Id!));
            }
            catch (AwsException error)
            {
                failed.Add(Failure(entry.Id!, error));
            }
        }

        return new BatchResponse(successful, failed.Count > 0 ? failed : null);
    }

    public static BatchResultErrorEntry Failure(string id, AwsException error) =>
        new(id, error.Status < 500, error.QueryCode ?? error.Code, error.Message);

    private static bool IsIdCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}
