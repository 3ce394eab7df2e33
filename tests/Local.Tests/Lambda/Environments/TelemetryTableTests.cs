using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Tests.Lambda.Environments;

/// <summary>What a step tells the telemetry stream beyond what it writes to the log.</summary>
public sealed class TelemetryTableTests
{
    private readonly LifecycleSamples samples = new();

    [Theory]
    [InlineData("Init", "Next", "WriteInitRuntimeDone WriteInitDone")]
    [InlineData("Init+ext", "ExtNext", "WriteInitDone")]
    [InlineData("Ready+empty", "Invoke", "WriteSuppressedInitStart")]
    [InlineData("Invoke+init", "Next", "WriteInitRuntimeDone WriteInitDone")]
    [InlineData("Invoke+sent", "Next", "WriteRuntimeDone")]
    [InlineData("Invoke", "Next", "")]
    [InlineData("Invoke", "Exited", "")]
    [InlineData("Ready", "Invoke", "")]
    public void A_step_tells_what_AWS_tells(string phase, string fact, string events) =>
        Assert.Equal(events, string.Join(' ', Lifecycle.Next(samples.Phases[phase], samples.Facts[fact]).Effects
            .OfType<WriteEvent>().Select(effect => effect.GetType().Name)));

    [Fact]
    public void The_runtimes_end_has_the_instants_of_its_spans()
    {
        var at = LifecycleSamples.At;
        var invoke = (Invoke)samples.Phases["Invoke"] with { ReleasedAt = at };
        var response = (RuntimeResponse)samples.Facts["Response"] with
        {
            At = at.AddMilliseconds(9),
            Began = at.AddMilliseconds(7),
        };
        var sent = Lifecycle.Next(invoke, response).Next;
        var next = (RuntimeNext)samples.Facts["Next"] with { At = at.AddMilliseconds(11) };
        var done = Lifecycle.Next(sent, next).Effects.OfType<WriteRuntimeDone>().Single();
        Assert.Equal(
            (at, at.AddMilliseconds(7), at.AddMilliseconds(9), at.AddMilliseconds(11), 1L),
            (done.Started, done.ResponseBegan, done.ResponseEnded, done.Ended, done.ProducedBytes));
    }

    [Fact]
    public void The_time_that_extensions_took_after_the_runtime_was_done_is_in_the_report()
    {
        var at = LifecycleSamples.At;
        var busy = (Invoke)samples.Phases["Invoke+ext-busy"] with { RuntimeDoneAt = at.AddMilliseconds(11) };
        var next = (ExtensionNext)samples.Facts["ExtNext"] with { At = at.AddMilliseconds(12) };
        var report = Lifecycle.Next(busy, next).Effects.OfType<WriteReport>().Single();
        Assert.Equal((at.AddMilliseconds(11), at.AddMilliseconds(12)), report.ExtensionOverhead);
    }

    [Fact]
    public void An_extension_is_told_to_go_after_the_report_of_the_invocation_that_failed()
    {
        var waiting = (Invoke)samples.Phases["Invoke+ext-busy"] with
        {
            Extensions = samples.Phases["Ready+ext"].Extensions,
            Runtime = RuntimeStatus.Running,
            Answer = null,
        };
        var effects = Lifecycle.Next(waiting, samples.Facts["Exited"]).Effects;
        var order = effects.Where(effect => effect is WriteReport or AnswerExtension)
            .Select(effect => effect.GetType().Name);
        Assert.Equal(["WriteReport", "AnswerExtension"], order);
    }
}
