using System.Text;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.Sqs;

namespace Isobar.Local.Tests.Lambda;

/// <summary>
/// A queue that a test fills and looks into: received messages are hidden for the visibility timeout, in service time.
/// </summary>
internal sealed class QueueInHand(ServiceClock clock) : IEventSource, IEventReader
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Held> messages = [];
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int handles;

    public static Arn Queue { get; } = Arn.TryParse("arn:aws:sqs:us-east-1:000000000000:work")!;

    public string Service => "sqs";

    public TimeSpan Visibility { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Handles that were deleted, in order; a handle that was no longer valid is in <see cref="Stale"/>.
    /// </summary>
    public List<string> Deleted { get; } = [];

    public List<string> Stale { get; } = [];

    /// <summary>Released each time that messages are returned or kept hidden for longer.</summary>
    public SemaphoreSlim Returns { get; } = new(0);

    public IReadOnlyList<string> Left
    {
        get { lock (gate) return [.. messages.Keys.Order()]; }
    }

    /// <summary>How often each message was received.</summary>
    public int Received(string messageId)
    {
        lock (gate) return messages[messageId].Receives;
    }

    /// <summary>Waits until a message that was sent has been received.</summary>
    public Task ReceivedAsync(string messageId, TimeSpan bound)
    {
        lock (gate) return messages[messageId].FirstReceive.Task.WaitAsync(bound);
    }

    public void Send(params IEnumerable<string> messageIds)
    {
        lock (gate)
        {
            foreach (var id in messageIds) messages.Add(id, new Held());
            Change();
        }
    }

    /// <summary>A message whose event record has about this many bytes.</summary>
    public void SendLarge(string messageId, int bytes)
    {
        lock (gate)
        {
            messages.Add(messageId, new Held { Filling = new string('x', bytes) });
            Change();
        }
    }

    public TimeSpan? HoldTime => Visibility;

    public bool Exists(Arn resource) => resource == Queue;

    public string? Refuse(Arn resource, EventSourceSettings settings) =>
        QueueEventReader.Refuse(resource, Exists(resource) ? Visibility : null, settings);

    public IEventReader CreateReader(Arn resource) => this;

    public async ValueTask<ReceivedRecords> ReceiveAsync(int maximum, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                var now = clock.GetUtcNow();
                SourceRecord[] taken = [.. messages.Where(entry => entry.Value.VisibleAt <= now).Take(maximum)
                    .Select(entry => Hand(entry.Key, entry.Value, now))];
                if (taken.Length > 0) return new ReceivedRecords(taken, clock.Activity.Begin());

                change = changed.Task;
                if (messages.Count > 0) Wake(messages.Values.Min(held => held.VisibleAt));
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    public ValueTask CompleteAsync(IReadOnlyList<string> receiptHandles, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var handle in receiptHandles)
            {
                var found = messages.FirstOrDefault(entry => entry.Value.Handle == handle).Key;
                (found is null ? Stale : Deleted).Add(handle);
                if (found is not null) messages.Remove(found);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ReturnAsync(
        IReadOnlyList<string> receiptHandles, TimeSpan after, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            foreach (var held in messages.Values.Where(held => receiptHandles.Contains(held.Handle)))
                held.VisibleAt = clock.GetUtcNow() + after;
            Change();
            Returns.Release();
        }

        return ValueTask.CompletedTask;
    }

    private SourceRecord Hand(string id, Held held, DateTimeOffset now)
    {
        held.Receives++;
        held.FirstReceive.TrySetResult();
        held.VisibleAt = now + Visibility;
        held.Handle = $"handle-{++handles}";
        return new SourceRecord(id, held.Handle, Encoding.UTF8.GetBytes(
            $$"""{"messageId":"{{id}}","body":"{{held.Filling}}"}"""));
    }

    private void Wake(DateTimeOffset due)
    {
        var timer = clock.CreateTimer("queue in hand", () =>
        {
            lock (gate) Change();
        });
        timer.FireAt(due);
    }

    private void Change()
    {
        changed.TrySetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Held
    {
        public DateTimeOffset VisibleAt { get; set; }

        public string? Handle { get; set; }

        public int Receives { get; set; }

        public TaskCompletionSource FirstReceive { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Filling { get; init; } = "";
    }
}
