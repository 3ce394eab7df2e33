using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Telemetry;

/// <summary>The environments that were started and have not ended; it follows the journal, which forgets.</summary>
internal sealed class LivingEnvironments : IDisposable
{
    private readonly Journal.Subscription facts;
    private readonly Lock gate = new();
    private readonly HashSet<string> living = [];
    private TaskCompletionSource? none;

    public LivingEnvironments(Journal journal)
    {
        facts = journal.Subscribe(buffer: 400_000);
        _ = FollowAsync();
    }

    /// <summary>Completes when none lives.</summary>
    public Task NoneAsync()
    {
        lock (gate)
        {
            if (living.Count == 0) return Task.CompletedTask;
            none ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return none.Task;
        }
    }

    public void Dispose() => facts.Dispose();

    private async Task FollowAsync()
    {
        await foreach (var entry in facts.ReadAllAsync(CancellationToken.None))
        {
            lock (gate)
            {
                if (entry.Fact is EnvironmentStarted started) living.Add(started.EnvironmentId);
                if (entry.Fact is EnvironmentEnded over) living.Remove(over.EnvironmentId);
                if (living.Count == 0) none?.TrySetResult();
            }
        }
    }
}
