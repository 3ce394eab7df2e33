namespace Isobar.Local.Services.Sqs;

/// <summary>
/// What the receives of the last five minutes with a ReceiveRequestAttemptId were answered with, so that a receive that
/// is tried again gets the same messages.
/// </summary>
/// <remarks>Source: Amazon SQS API Reference, ReceiveMessage, ReceiveRequestAttemptId.</remarks>
internal sealed class ReceiveAttempts
{
    private readonly Dictionary<string, Attempt> attempts = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, Attempt Attempt)> byAge = new();

    public int Count => byAge.Count;

    /// <summary>The messages of an earlier attempt and its answer.</summary>
    /// <returns>
    /// Null when there was none, or when one of its messages is visible again, was received again, was deleted or had
    /// its visibility timeout changed: the receive gets what there is now.
    /// </returns>
    public (IReadOnlyList<StoredMessage> Messages, List<ReceivedMessage> Answer)? Find(string id, DateTimeOffset now)
    {
        Forget(now);
        return attempts.TryGetValue(id, out var attempt) && attempt.IsIntact
            ? (attempt.Messages, attempt.Answer)
            : null;
    }

    /// <summary>Remembers an answer; above the bound the oldest is forgotten.</summary>
    public void Add(
        string id, IReadOnlyList<StoredMessage> messages, List<ReceivedMessage> answer, DateTimeOffset now)
    {
        while (byAge.Count >= SqsLimits.MaxReceiveAttempts) ForgetOldest();
        var attempt = new Attempt(now, messages, answer);
        attempts[id] = attempt;
        byAge.Enqueue((id, attempt));
    }

    public void Forget(DateTimeOffset now)
    {
        while (byAge.TryPeek(out var oldest) && oldest.Attempt.At + SqsLimits.DeduplicationInterval <= now)
            ForgetOldest();
    }

    public void Clear()
    {
        attempts.Clear();
        byAge.Clear();
    }

    private void ForgetOldest()
    {
        var (id, attempt) = byAge.Dequeue();
        if (attempts.GetValueOrDefault(id) == attempt) attempts.Remove(id);
    }

    private sealed class Attempt(
        DateTimeOffset at, IReadOnlyList<StoredMessage> messages, List<ReceivedMessage> answer)
    {
        public DateTimeOffset At => at;

        public IReadOnlyList<StoredMessage> Messages => messages;

        public List<ReceivedMessage> Answer => answer;

        public bool IsIntact => messages.Zip(answer).All(static pair =>
            pair.First.IsHiddenBy(pair.Second.ReceiveCount) && !pair.First.IsVisibilityChanged);
    }
}
