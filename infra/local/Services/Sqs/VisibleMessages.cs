namespace Isobar.Local.Services.Sqs;

/// <summary>
/// The visible messages of a queue, in fair order: messages of the group that has the fewest in flight come first, so
/// that one group with a backlog does not delay the others. Of equal groups, and of messages without a group, the one
/// that became visible first comes first.
/// </summary>
/// <remarks>Source: Amazon SQS Developer Guide, "Amazon SQS fair queues". AWS does not say how it chooses; it promises
/// no order either.</remarks>
internal sealed class VisibleMessages : IMessageOrder
{
    private readonly Group ungrouped = new();
    private readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);

    // Only groups that have visible messages.
    private readonly SortedSet<Group> order = new(Comparer<Group>.Create(
        static (a, b) => (a.InFlight, a.First.Shown).CompareTo((b.InFlight, b.First.Shown))));

    private long lastShown;

    public int Count { get; private set; }

    public StoredMessage? First => order.Min?.First;

    public void Enter(StoredMessage message)
    {
        if (message.Place == MessagePlace.Visible)
        {
            message.Shown = ++lastShown;
            Count++;
            Change(message, static (group, message) => group.Messages.AddLast(message.Node));
        }
        else if (CountsInFlight(message))
        {
            Change(message, static (group, _) => group.InFlight++);
        }
    }

    public void Leave(StoredMessage message)
    {
        if (message.Place == MessagePlace.Visible)
        {
            Count--;
            Change(message, static (group, message) => group.Messages.Remove(message.Node));
        }
        else if (CountsInFlight(message))
        {
            Change(message, static (group, _) => group.InFlight--);
        }
    }

    public void Clear()
    {
        order.Clear();
        groups.Clear();
        ungrouped.Messages.Clear();
        Count = 0;
    }

    private static bool CountsInFlight(StoredMessage message) =>
        message.Place == MessagePlace.InFlight && message.Content.MessageGroupId is not null;

    // A group's place in the order depends on what changes, so it leaves the order meanwhile.
    private void Change(StoredMessage message, Action<Group, StoredMessage> change)
    {
        var id = message.Content.MessageGroupId;
        var group = id is null ? ungrouped : groups.TryGetValue(id, out var known) ? known : groups[id] = new Group();
        if (group.Messages.Count > 0) order.Remove(group);
        change(group, message);
        if (group.Messages.Count > 0) order.Add(group);
        else if (id is not null && group.InFlight == 0) groups.Remove(id);
    }

    private sealed class Group
    {
        public LinkedList<StoredMessage> Messages { get; } = [];

        /// <summary>Always 0 for messages without a group: each of them is a group of its own.</summary>
        public int InFlight { get; set; }

        public StoredMessage First => Messages.First!.Value;
    }
}
