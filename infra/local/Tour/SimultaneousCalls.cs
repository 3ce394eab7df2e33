using Isobar.Local.History;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tour;

/// <summary>
/// As many slow calls at once as a function has reserved, and one more: first to environments that must be started,
/// then to provisioned ones.
/// </summary>
internal sealed class SimultaneousCalls(LocalHost host, SlowFunction slow, TourReport report)
{
    /// <summary>The executions that are reserved, and provisioned.</summary>
    public const int Executions = 3;

    private const string Seconds = "1";

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        report.Heading($"{Executions + 1} calls at once of a function with {Executions} reserved executions");
        await slow.CreateAsync(cancellationToken);
        await slow.ReserveAsync(Executions, cancellationToken);
        report.Fact("a new function on provided.al2023: its init takes 0.3 s, and each call a second");
        await BurstAsync("no environment yet", hasInit: true, cancellationToken);
        await slow.ProvisionAsync(Executions, cancellationToken);
        await BurstAsync($"{Executions} provisioned environments", hasInit: false, cancellationToken);
    }

    private async Task BurstAsync(string situation, bool hasInit, CancellationToken cancellationToken)
    {
        var before = host.Journal.LastSequence;
        var answers = await slow.CallAsync(Executions + 1, Seconds, cancellationToken);
        var ran = answers.Where(answer => answer.Status == 200).ToArray();
        var environments = ran.Select(answer => (string?)answer.Body).Distinct().Count();
        var inits = ran.Count(answer => answer.LogTail.Contains("Init Duration: ", StringComparison.Ordinal));
        var started = host.Journal.After(before).Count(entry => entry.Fact is EnvironmentStarted);
        var refused = answers.Where(answer => answer.Status == 429).Select(answer => (string?)answer.Body?["Reason"]);
        var wanted = hasInit ? Executions : 0;
        report.Check(
            (ran.Length, environments, inits, started) == (Executions, Executions, wanted, wanted)
                && refused.SequenceEqual([LambdaErrors.ReservedConcurrencyReached]),
            $"{situation}: {ran.Length} calls in {environments} environments, {inits} inits, "
                + $"{ran.Max(answer => answer.Took.TotalSeconds):0.0} s; the other one 429, "
                + string.Join(", ", refused));
    }
}
