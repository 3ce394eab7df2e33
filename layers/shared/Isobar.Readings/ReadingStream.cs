using System.Net;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Isobar.Functions;

namespace Isobar.Readings;

/// <summary>Puts records to a Kinesis stream in batches.</summary>
/// <param name="stream">Its name.</param>
/// <param name="backoff">The waits between the tries.</param>
public sealed class ReadingStream(IAmazonKinesis client, string stream, Backoff backoff) : IReadingStream
{
    /// <summary>Records in a call. Source: Amazon Kinesis API Reference, PutRecords.</summary>
    public const int MaxRecords = 500;

    /// <summary>
    /// Bytes of data and keys in a call, at most; the API takes at least 5 MB. Source: Amazon Kinesis API Reference,
    /// PutRecords.
    /// </summary>
    public const int MaxBytes = 4_000_000;

    /// <summary>Calls for the same records.</summary>
    public const int Tries = 5;

    public async Task<PutOutcome> PutAsync(
        IReadOnlyList<StreamEntry> entries, CancellationToken cancellationToken)
    {
        IReadOnlyList<int> rest = [.. Enumerable.Range(0, entries.Count)];
        for (var attempt = 1; ; attempt++)
        {
            var refused = new List<int>();
            string? reason = null;
            foreach (var part in Parts(entries, rest))
            {
                var outcome = await PutAsync(entries, part, cancellationToken);
                refused.AddRange(outcome.Refused);
                reason = outcome.Reason ?? reason;
            }

            if (refused.Count == 0 || attempt == Tries) return new PutOutcome(refused, reason);
            await backoff.WaitAsync(attempt, cancellationToken);
            rest = refused;
        }
    }

    private static IEnumerable<IReadOnlyList<int>> Parts(
        IReadOnlyList<StreamEntry> entries, IReadOnlyList<int> indexes)
    {
        var (part, bytes) = (new List<int>(), 0);
        foreach (var index in indexes)
        {
            // A character of a key has at most four bytes.
            var more = entries[index].Data.Length + 4 * entries[index].Key.Length;
            if (part.Count > 0 && (part.Count == MaxRecords || bytes + more > MaxBytes))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(index);
            bytes += more;
        }

        if (part.Count > 0) yield return part;
    }

    // A call that failed for now may have been carried out: its records count as refused, and repeats do no harm.
    private async Task<PutOutcome> PutAsync(
        IReadOnlyList<StreamEntry> entries, IReadOnlyList<int> part, CancellationToken cancellationToken)
    {
        try
        {
            var request = new PutRecordsRequest
            {
                StreamName = stream,
                Records = [.. part.Select(index => Entry(entries[index]))],
            };
            var answer = await client.PutRecordsAsync(request, cancellationToken);
            if (answer.FailedRecordCount is not > 0) return new PutOutcome([], null);
            var refused = part.Zip(answer.Records)
                .Where(each => each.Second.ErrorCode is { Length: > 0 }).ToList();
            return new PutOutcome([.. refused.Select(each => each.First)], refused[^1].Second.ErrorCode);
        }
        catch (AmazonServiceException e) when (e.ErrorCode == "ResourceNotFoundException")
        {
            throw new StreamMissingException(e.Message, e);
        }
        catch (Exception e) when (IsTransient(e))
        {
            return new PutOutcome(part, e.Message);
        }
    }

    // Throttles, errors of the service and of the network. An error without a status got no answer.
    private static bool IsTransient(Exception error) => error switch
    {
        AmazonServiceException
        {
            ErrorCode: "ProvisionedThroughputExceededException" or "ThrottlingException" or "Throttling"
                or "LimitExceededException" or "KMSThrottlingException",
        } => true,
        AmazonServiceException service => service.StatusCode is 0 or >= HttpStatusCode.InternalServerError,
        _ => error is AmazonClientException or HttpRequestException,
    };

    private static PutRecordsRequestEntry Entry(StreamEntry entry) =>
        new() { PartitionKey = entry.Key, Data = new MemoryStream(entry.Data) };
}
