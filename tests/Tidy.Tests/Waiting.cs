using System.Text.RegularExpressions;

namespace Isobar.Tidy.Tests;

/// <summary>Tests wait on facts; they neither sleep nor look again and again, and none is switched off.</summary>
public sealed partial class Waiting
{
    /// <summary>Where time itself is meant, or there is nothing to wait on, and why.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["tests/Probe/Commands.cs"] = "the probe sleeps when its event tells it to",
        ["tests/Probe/StartupHook.cs"] = "a hook that is slow, as it is told",
        ["tests/Probe/Startup.cs"] = "the probe starts slowly when it is told to",
        ["tests/Probe/ExtensionProbe.cs"] = "an extension that does nothing, or is slow, as it is told",
        ["tests/Probe/TelemetryProbe.cs"] = "a listener that never answers",
        ["tests/Benchmarks/Burst/ApiCalls.cs"] = "a caller keeps its pace",
        ["tests/Benchmarks/Pipeline/PipelineBenchmark.cs"] = "a table's reader keeps its pace",
        ["tests/Benchmarks/Telemetry/TelemetryBenchmark.cs"] = "a process's memory is looked at once a second",
        ["tests/System.Tests/Telemetry/RandomKills.cs"] = "kills come at random moments",
        ["tests/Local.Tests/Lambda/Environments/InvocationTests.cs"] = "nothing may happen for half a second",
        ["tests/Local.Tests/Lambda/Processes/Gone.cs"] = "the kernel tells nobody but a parent of a process's end",
        ["tests/System.Tests/HostLife/ProcessTable.cs"] = "the kernel tells nobody but a parent of a process's end",
        ["tests/System.Tests/HostLife/EndStories.cs"] = "a host in another process shows its state by its APIs only",
        ["tests/System.Tests/Kills/Killer.cs"] = "kills come at random moments",
        ["tests/System.Tests/Parameters/Expiry.cs"] = "an extension's time to live is real time",
        ["tests/System.Tests/Targets/RealTime.cs"] = "the clock of LocalStack or of AWS is nobody's to move",
        ["tests/Tidy.Tests/StandIns/FakeRuntimeApi.cs"] = "a poll that is never answered",
    };

    [Fact]
    public void No_test_sleeps_instead_of_waiting_on_a_fact()
    {
        var sleepers =
            from path in Tests()
            where !Reasons.ContainsKey(path) && Sleep().IsMatch(Repository.Text(path))
            select path;

        Assert.Empty(sleepers);
    }

    [Fact]
    public void No_reason_to_sleep_has_outlived_its_sleep() =>
        Assert.All(Reasons.Keys, path => Assert.Matches(Sleep(), Repository.Text(path)));

    [Fact]
    public void No_test_is_switched_off() =>
        Assert.All(Tests(), path => Assert.DoesNotMatch(SwitchedOff(), Repository.Text(path)));

    private static IEnumerable<string> Tests() =>
        Repository.Files("tests", ".cs").Where(path => path != "tests/Tidy.Tests/SourceText.cs");

    [GeneratedRegex(@"\bThread\.Sleep\(|\bTask\.Delay\(|\bSpinWait\b|\bPeriodicTimer\b")]
    private static partial Regex Sleep();

    [GeneratedRegex(@"\b(Fact|Theory)\([^\n]*\bSkip *=")]
    private static partial Regex SwitchedOff();
}
