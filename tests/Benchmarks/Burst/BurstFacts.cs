using Isobar.Local.History;
using Isobar.Local.Lambda.Delivery;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.EventSources;

namespace Isobar.Benchmarks.Burst;

/// <summary>
/// Counts the environments that a host starts, by function, and how often a write of the catalogue was tried.
/// </summary>
internal sealed class BurstFacts : IDisposable
{
    private readonly Journal.Subscription facts;
    private readonly SortedDictionary<string, int> started = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> failures = new(StringComparer.Ordinal);
    private int saturated;

    public BurstFacts(Journal journal)
    {
        facts = journal.Subscribe(journal.LastSequence, buffer: Journal.DefaultCapacity);
        _ = CountAsync();
    }

    /// <summary>
    /// The most tries that one file's entry, or one page of the catalogue, has needed: an invocation that failed is a
    /// try, and so is one that could not begin.
    /// </summary>
    public int MostCatalogTries
    {
        get
        {
            lock (gate) return failures.Values.DefaultIfEmpty(0).Max() + 1;
        }
    }

    public override string ToString()
    {
        lock (gate)
        {
            return string.Join(", ", started.Select(function => $"{function.Key} {function.Value}"))
                + $"; {saturated} invocations found every place taken"
                + (facts.Missed == 0 ? "" : $" ({facts.Missed} facts were missed)");
        }
    }

    public void Dispose() => facts.Dispose();

    private async Task CountAsync()
    {
        await foreach (var entry in facts.ReadAllAsync(CancellationToken.None))
        {
            lock (gate) Count(entry.Fact);
        }
    }

    private void Count(IFact fact)
    {
        switch (fact)
        {
            case HostSaturated:
                saturated++;
                break;
            case EnvironmentStarted { FunctionName: var name }:
                started[Short(name)] = started.GetValueOrDefault(Short(name)) + 1;
                break;
            case AsynchronousAttemptFailed failed when IsCatalog(failed.FunctionName):
                Fail(failed.RequestId);
                break;
            case AsynchronousAttemptDeferred deferred when IsCatalog(deferred.FunctionName):
                Fail(deferred.RequestId);
                break;
            case BatchItemFailed failed when IsCatalog(failed.FunctionName):
                Fail(failed.MessageId);
                break;
            case BatchFailed failed when IsCatalog(failed.FunctionName):
                Fail(failed.Uuid);
                break;
        }
    }

    private void Fail(string what) => failures[what] = failures.GetValueOrDefault(what) + 1;

    private static bool IsCatalog(string function) => Short(function).StartsWith("Catalog", StringComparison.Ordinal);

    // isobar-IntakeFunction-0A1B2C3D4E5F is Intake.
    private static string Short(string name) =>
        name.Split('-').FirstOrDefault(part => part.EndsWith("Function", StringComparison.Ordinal)) is { } id
            ? id[..^"Function".Length]
            : name;
}
