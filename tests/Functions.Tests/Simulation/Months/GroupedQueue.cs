namespace Isobar.Functions.Tests.Simulation.Months;

/// <summary>A message of a FIFO queue.</summary>
internal sealed record GroupedMessage(string Body, string Group, string DeduplicationId)
{
    public int Receives { get; set; }

    public bool IsInFlight { get; set; }
}

/// <summary>
/// A FIFO queue at its worst: it takes some duplicates, as after the five minutes in which SQS drops them, groups
/// overtake each other, and a message that is being handled comes back.
/// </summary>
/// <param name="maxReceives">After so many, a message goes to the dead letters instead.</param>
internal sealed class GroupedQueue(Random random, int maxReceives = int.MaxValue, GroupedQueue? deadLetters = null)
{
    private readonly SortedDictionary<string, List<GroupedMessage>> groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public bool IsEmpty => groups.Count == 0;

    private IEnumerable<GroupedMessage> Receivable => groups.Values.Select(group => group[0])
        .Where(message => !message.IsInFlight);

    public bool HasReceivable => Receivable.Any();

    public bool HasInFlight => groups.Values.Any(group => group[0].IsInFlight);

    public void Send(string body, string group, string deduplicationId)
    {
        if (!seen.Add(deduplicationId) && random.Next(2) == 0) return;
        if (!groups.TryGetValue(group, out var messages)) groups.Add(group, messages = []);
        messages.Add(new GroupedMessage(body, group, deduplicationId));
    }

    /// <returns>Null if the message went to the dead letters.</returns>
    public GroupedMessage? Receive()
    {
        var receivable = Receivable.ToList();
        var message = receivable[random.Next(receivable.Count)];
        if (message.Receives == maxReceives)
        {
            Delete(message);
            deadLetters!.Send(message.Body, message.Group, $"{message.DeduplicationId} {random.Next()}");
            return null;
        }

        message.Receives++;
        message.IsInFlight = true;
        return message;
    }

    public void Delete(GroupedMessage message)
    {
        if (!groups.TryGetValue(message.Group, out var messages)) return;
        // Another receive of it may have deleted it.
        messages.RemoveAll(other => ReferenceEquals(other, message));
        if (messages.Count == 0) groups.Remove(message.Group);
    }

    /// <returns>Whether there were any.</returns>
    public bool DeleteAll(Func<GroupedMessage, bool> isMeant)
    {
        var meant = groups.Values.SelectMany(group => group).Where(isMeant).ToList();
        foreach (var message in meant) Delete(message);
        return meant.Count > 0;
    }

    /// <summary>The visibility timeout of a message has passed.</summary>
    public void Return(GroupedMessage message) => message.IsInFlight = false;

    public void ReturnAny()
    {
        var inFlight = groups.Values.Select(group => group[0]).Where(message => message.IsInFlight).ToList();
        Return(inFlight[random.Next(inFlight.Count)]);
    }

    /// <summary>Sends everything to another queue.</summary>
    public void MoveTo(GroupedQueue other)
    {
        foreach (var message in groups.Values.SelectMany(group => group))
            other.Send(message.Body, message.Group, $"{message.DeduplicationId} {random.Next()}");
        groups.Clear();
    }
}
