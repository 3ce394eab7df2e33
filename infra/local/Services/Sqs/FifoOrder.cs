namespace Isobar.Local.Services.Sqs;

/// <summary>
/// The messages of a FIFO queue, by group, in the order in which they were sent. A message can be received when no
/// earlier one of its group is hidden, so that a group with messages in flight hands out nothing behind them. Of the
/// groups that have something to hand out, the one that has had it for longest comes first and is drained before the
/// next; one that gets messages back goes behind the others.
/// </summary>
/// <remarks>Source: Amazon SQS Developer Guide, "FIFO queue delivery logic". That a message which is visible again is
/// handed out although a later one of its group is still in flight was recorded against AWS in November 2025.</remarks>
internal sealed class FifoOrder : IMessageOrder
{
    private readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);

    // Only groups whose first message is visible.
    private readonly SortedSet<Group> available = new(Comparer<Group>.Create(
        static (a, b) => a.Turn.CompareTo(b.Turn)));

    private long lastTurn;

    public int Count { get; private set; }

    /// <summary>Groups that have messages in flight.</summary>
    public int GroupsInFlight { get; private set; }

    public StoredMessage? First => available.Min?.First;

    public void Enter(StoredMessage message)
    {
        var id = message.Content.MessageGroupId!;
        var group = groups.TryGetValue(id, out var known) ? known : groups[id] = new Group();
        var wasAvailable = group.IsAvailable;
        if (wasAvailable) available.Remove(group);
        group.Messages.Add(message);
        if (message.Place == MessagePlace.Visible) Count++;
        if (message.Place == MessagePlace.InFlight && group.InFlight++ == 0) GroupsInFlight++;
        if (!group.IsAvailable) return;
        if (!wasAvailable || message.ReceivesHere > 0) group.Turn = ++lastTurn;
        available.Add(group);
    }

    public void Leave(StoredMessage message)
    {
        var id = message.Content.MessageGroupId!;
        var group = groups[id];
        var wasAvailable = group.IsAvailable;
        if (wasAvailable) available.Remove(group);
        group.Messages.Remove(message);
        if (message.Place == MessagePlace.Visible) Count--;
        if (message.Place == MessagePlace.InFlight && --group.InFlight == 0) GroupsInFlight--;
        if (group.Messages.Count == 0) groups.Remove(id);
        if (!group.IsAvailable) return;
        if (!wasAvailable) group.Turn = ++lastTurn;
        available.Add(group);
    }

    public void Clear()
    {
        available.Clear();
        groups.Clear();
        (Count, GroupsInFlight) = (0, 0);
    }

    private sealed class Group
    {
        public SortedSet<StoredMessage> Messages { get; } = new(Comparer<StoredMessage>.Create(
            static (a, b) => a.Number.CompareTo(b.Number)));

        public int InFlight { get; set; }

        /// <summary>Its place among the groups that have something to hand out.</summary>
        public long Turn { get; set; }

        public StoredMessage? First => Messages.Min;

        public bool IsAvailable => First is { Place: MessagePlace.Visible };
    }
}
