using System.Globalization;
using Isobar.Local.History;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Stories.Claims;

/// <summary>When extensions work, who waits for them and what is billed.</summary>
[Collection(StackWithExtensions.Name)]
public sealed class ExtensionTimeStories(ExtensionFixture stack)
{
    private const int Starts = 5;

    [Fact]
    [Claim("X4")]
    [Claim("X7")]
    [Claim("X16")]
    public async Task The_answer_does_not_wait_for_an_extension_but_duration_bill_and_the_environment_do()
    {
        // The environment and everything in it is there, so that what follows is warm.
        await stack.Close().OpenAsync();
        await stack.ReportAsync("Slow", "{}");
        await stack.Stack.QuietAsync();
        var before = stack.Stack.Host.Journal.LastSequence;

        await using var gate = stack.Close(2);
        var called = TimeProvider.System.GetTimestamp();
        var (first, _) = await stack.Stack.InvokeAsync("Slow", "{}", "RequestResponse");
        var answered = TimeProvider.System.GetElapsedTime(called).TotalMilliseconds;

        // The extension waits at the gate still, so the invocation is not over.
        Assert.DoesNotContain(Lines(before), line => line.Line == "slow done" || line.Line.StartsWith("REPORT"));
        var second = stack.AskAsync("Slow", "{}");
        await gate.OpenAsync();
        await second;

        var report = await stack.ReportOfAsync(first);
        Assert.InRange(report.Duration, ExtensionFixture.LingerMs, double.MaxValue);
        Assert.Equal(Math.Ceiling(report.Duration), report.Billed);
        var start = Lines(before).First(line => line.Line.StartsWith("START", StringComparison.Ordinal));
        var own = Lines(before).Where(line => line.EnvironmentId == start.EnvironmentId).Select(line => line.Line);
        Assert.Single(
            own.TakeWhile(line => line != "slow done"), line => line.StartsWith("START", StringComparison.Ordinal));
        Measured.Write(
            "X7", $"{Ms(answered)} until the caller had its answer",
            $"{Ms(report.Duration)} duration and {report.Billed:0} ms billed, with an extension that works on for "
            + $"{ExtensionFixture.LingerMs} ms");
    }

    [Fact]
    [Claim("X16")]
    public async Task The_init_phase_with_its_extensions_is_billed_with_the_first_invocation()
    {
        var report = await ColdAsync("Late");

        Assert.InRange(report.Init!.Value, ExtensionFixture.DelayMs, double.MaxValue);

        // What is printed is rounded to hundredths of a millisecond; what is billed is not.
        Assert.InRange(report.Billed - Math.Ceiling(report.Duration + report.Init.Value), -1, 1);
        Measured.Write(
            "X16", $"{Ms(report.Init.Value)} init and {Ms(report.Duration)} duration are {report.Billed:0} ms billed");
    }

    [Fact]
    [Claim("X17")]
    public async Task The_init_phase_lasts_until_the_slowest_extension_is_ready()
    {
        ExtensionFixture.NeedBash();
        var late = await ColdAsync("Late");
        Assert.InRange(late.Init!.Value, ExtensionFixture.DelayMs, double.MaxValue);

        var numbers = new List<string>();
        foreach (var (function, what) in (List<(string, string)>)
            [
                ("Bare", "without an extension"), ("Bash", "with one in bash"),
                ("Outer", "with one on .NET, and an internal one"), ("Shipped", "with the telemetry extension"),
            ])
        {
            var inits = new List<double>();
            for (var start = 0; start < Starts; start++) inits.Add((await ColdAsync(function)).Init!.Value);
            numbers.Add($"{Numbers.Spread(inits)} {what}");
        }

        Measured.Write("X17", [$"median (and spread) of {Starts} init phases: {numbers[0]}", .. numbers[1..]]);
    }

    [Fact]
    [Claim("X4")]
    [Claim("X18")]
    public async Task An_external_extension_is_there_before_the_runtime_and_hears_of_the_end_after_it_is_gone()
    {
        var before = stack.Stack.Host.Journal.LastSequence;
        await ColdAsync("Outer");
        await stack.RetireAsync("Outer");

        var name = stack.Stack.Stack.NameOf("Outer");
        var facts = stack.Stack.Host.Journal.After(before).Select(entry => entry.Fact).ToList();
        var shutdown = facts.FindLastIndex(
            fact => fact is LogLineWritten { Extension: "outer" } line && line.Line.Contains("\"SHUTDOWN\""));
        var runtime = facts.FindLastIndex(fact => fact is RuntimeStarted started && started.FunctionName == name);
        var extension = facts.FindLastIndex(fact => fact is ExtensionStarted started && started.FunctionName == name);
        Assert.InRange(extension, 0, runtime);

        // The extension is alive when it hears of it, so the one process that has ended by then is the runtime.
        Assert.Single(facts[runtime..shutdown], fact =>
            fact is EnvironmentStepped { Fact: nameof(ProcessExited) } step && step.FunctionName == name);
    }

    /// <summary>The report of an invocation that starts an environment.</summary>
    private async Task<Report> ColdAsync(string function)
    {
        await stack.AskAsync(function, "{}");
        await stack.RetireAsync(function);
        return await stack.ReportAsync(function, "{}");
    }

    private IEnumerable<LogLineWritten> Lines(long after) =>
        stack.Stack.Host.Journal.After(after).Select(entry => entry.Fact).OfType<LogLineWritten>();

    private static string Ms(double milliseconds) =>
        milliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms";
}
