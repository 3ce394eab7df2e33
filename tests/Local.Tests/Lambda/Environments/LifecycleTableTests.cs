using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

public sealed class LifecycleTableTests
{
    [Fact]
    public void Every_pair_of_phase_and_fact_does_what_the_table_says()
    {
        var samples = new LifecycleSamples();
        var differences = new List<string>();
        var listed = 0;
        foreach (var (phaseName, phase) in samples.Phases)
        {
            foreach (var (factName, fact) in samples.Facts)
            {
                var actual = Describe(phase, Lifecycle.Next(phase, fact));
                if (LifecycleTable.Expected.TryGetValue((phaseName, factName), out var wanted)) listed++;
                wanted ??= LifecycleTable.Unlisted(phaseName, factName);
                if (actual != wanted) differences.Add($"{phaseName} | {factName} | {actual}   (wanted: {wanted})");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.Equal(LifecycleTable.Expected.Count, listed);
    }

    [Fact]
    public void A_refusal_names_the_states_as_AWS_does()
    {
        var samples = new LifecycleSamples();
        var step = Lifecycle.Next(samples.Phases["Ready"], samples.Facts["Next"]);
        var reject = Assert.IsType<Reject>(Assert.Single(step.Effects));
        Assert.Equal(403, reject.Status);
        Assert.Equal(
            "State transition from Ready to Ready failed for runtime. Error: State transition is not allowed",
            reject.Message);
    }

    [Fact]
    public void A_timer_that_fires_before_the_deadline_is_armed_again()
    {
        var samples = new LifecycleSamples();
        var early = new TimerFired(LifecycleSamples.At, LifecycleSamples.Generation);
        var step = Lifecycle.Next(samples.Phases["Invoke"], early);
        Assert.Equal(
            new ArmTimer(LifecycleSamples.At + TimeSpan.FromSeconds(3), LifecycleSamples.Generation),
            Assert.Single(step.Effects));
    }

    private static string Describe(Phase before, Step step)
    {
        var effects = step.Effects.Where(effect => effect is not WriteEvent).Select(effect => effect switch
        {
            Reject reject => $"Reject({reject.ErrorType})",
            KillProcess kill => $"Kill({kill.Extension ?? "runtime"})",
            TerminateProcess terminate => $"Terminate({terminate.Extension ?? "runtime"})",
            CompleteInvocation complete => $"Complete({complete.Answer.ErrorType ?? "ok"})",
            WriteReport report => $"Report({report.Failure?.ErrorType ?? "ok"})",
            WriteExtension extension => $"ext:{extension.State}",
            WriteInitReport report => $"InitReport({report.Failure?.ErrorType})",
            AnswerExtension answer => $"AnswerExtension({answer.Reason?.ToString() ?? "Invoke"})",
            ReportAnswered => "Answered",
            ReportReady => "Free",
            ReportTerminated => "Over",
            _ => effect.GetType().Name,
        });
        var next = step.Next.Equals(before) ? "same" : step.Next.GetType().Name;
        var text = string.Join(' ', effects).Replace("Answered Complete(", "Answer(");
        return $"{next} | {text}".Trim();
    }
}
