using Isobar.Local;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Tokens;

namespace Isobar.Stories;

/// <summary>
/// The stack that the stories about the application share, on the target that ISOBAR_TARGET names. As on AWS it
/// outlives a story: each one lands files under keys of its own.
/// </summary>
public class StackFixture : IAsyncLifetime
{
    private IDeployedTarget? target;
    private Landings? landings;

    /// <summary>The host itself, for stories that run on it alone.</summary>
    internal LocalHost Host => ((LocalTarget)target!).Host;

    internal virtual IsolationChoice Isolation => IsolationChoice.Auto;

    internal virtual string Template => Repository.In("template.yaml");

    internal DeployedStack Stack => target!.Stack;

    /// <summary>Issues tokens that the local stack's authorizer takes.</summary>
    internal TokenIssuer Tokens => ((LocalTarget)target!).Tokens;

    internal Landings Landings => landings!;

    public async ValueTask InitializeAsync()
    {
        // The stories are skipped with the reason then.
        if (!StoryTarget.IsAvailable) return;
        target = StoryTarget.Current switch
        {
            Target.LocalStack => await LocalStackTarget.DeployAsync(),
            Target.Aws => await AwsTarget.FindAsync(),
            _ => await LocalTarget.StartAsync(Isolation, Template),
        };
        landings = new Landings(Stack);
    }

    public async ValueTask DisposeAsync()
    {
        if (target is not null) await target.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Waits until nothing is under way, which the local host alone can tell.</summary>
    internal Task QuietAsync() => target!.ComeToRestAsync();

    /// <summary>Lets time pass until each of these versions has a job that came to an end.</summary>
    internal Task<IReadOnlyList<Job>> SettleAsync(params IReadOnlyList<LandedVersion> versions) => UntilAsync(
        () => Landings.JobsAsync(versions),
        jobs => jobs.Count == versions.Count && jobs.All(job => job.IsSettled));

    /// <summary>Looks, and lets time pass before looking again, until what is seen is what a story waits for.</summary>
    /// <exception cref="TimeoutException">It is still not after the target's bound.</exception>
    internal async Task<TSeen> UntilAsync<TSeen>(Func<Task<TSeen>> look, Func<TSeen, bool> isIt)
    {
        for (var steps = 0; ; steps++)
        {
            await target!.ComeToRestAsync();
            var seen = await look();
            if (isIt(seen)) return seen;
            if (steps == target.MaxSteps)
                throw new TimeoutException($"Not seen after {steps} steps in time, but {seen}\n{target.Tail()}");
            await target.LetTimePassAsync();
        }
    }

    /// <summary>Facts that the host noted after a point in its journal.</summary>
    internal IEnumerable<TFact> Facts<TFact>(long after = 0) =>
        Host.Journal.After(after).Select(entry => entry.Fact).OfType<TFact>();
}

/// <summary>
/// The same on plain processes, whose Runtime API is on this machine's loopback; without the external extension,
/// because plain processes share its port, and so have one environment at a time with it.
/// </summary>
public sealed class PlainStackFixture : StackFixture
{
    private readonly string template = Path.GetTempFileName();

    public PlainStackFixture()
    {
        var text = File.ReadAllText(base.Template);
        var layers = "Layers: [!Ref SharedLayer, !Ref TelemetryLayer]";
        Assert.Contains(layers, text);
        File.WriteAllText(template, text.Replace(layers, "Layers: [!Ref SharedLayer]", StringComparison.Ordinal));
    }

    internal override IsolationChoice Isolation => IsolationChoice.Plain;

    internal override string Template => template;
}

/// <summary>The one stack that the stories about the application share.</summary>
[CollectionDefinition(Name)]
public sealed class OneStack : ICollectionFixture<StackFixture>
{
    public const string Name = "one deployed stack";
}
