using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Benchmarks.Burst;

/// <summary>Counts the environments that a host starts, by function.</summary>
internal sealed class EnvironmentStarts : IDisposable
{
    private readonly Journal.Subscription facts;
    private readonly SortedDictionary<string, int> started = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private int saturated;

    public EnvironmentStarts(Journal journal)
    {
        facts = journal.Subscribe(journal.LastSequence, buffer: Journal.DefaultCapacity);
        _ = CountAsync();
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
            if (entry.Fact is not (EnvironmentStarted or HostSaturated)) continue;
            lock (gate)
            {
                if (entry.Fact is HostSaturated) saturated++;
                else if (entry.Fact is EnvironmentStarted { FunctionName: var name })
                    started[Short(name)] = started.GetValueOrDefault(Short(name)) + 1;
            }
        }
    }

    // isobar-IntakeFunction-0A1B2C3D4E5F is Intake.
    private static string Short(string name) =>
        name.Split('-').FirstOrDefault(part => part.EndsWith("Function", StringComparison.Ordinal)) is { } id
            ? id[..^"Function".Length]
            : name;
}
