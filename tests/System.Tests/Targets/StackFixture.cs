using Isobar.Local;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Tokens;
using Isobar.Local.Wire;
using Xunit.v3;

namespace Isobar.Stories;

/// <summary>
/// The stack that the stories about the application share, on the target that ISOBAR_TARGET names. As on AWS it
/// outlives a story: each one lands files under keys of its own.
/// </summary>
/// <remarks>
/// It starts when the first story that the target can run asks for it: a story that is skipped starts nothing. If it
/// does not start, that first story fails with the reason, and the others are skipped.
/// </remarks>
public class StackFixture : IAsyncLifetime
{
    private readonly LazyStart<IDeployedTarget> start;
    private Landings? landings;

    public StackFixture() => start = new LazyStart<IDeployedTarget>(StartAsync);

    /// <summary>The host itself, for stories that run on it alone.</summary>
    internal LocalHost Host => ((LocalTarget)Deployed).Host;

    internal virtual IsolationChoice Isolation => IsolationChoice.Auto;

    /// <summary>Parameters of the template that the local host is given, besides its profile.</summary>
    internal virtual IReadOnlyList<string> Parameters => [];

    /// <summary>Is asked about every call on the local host; null to allow all.</summary>
    internal virtual IRequestGate? CallGate => null;

    /// <summary>What the local host deploys, made of this checkout's template.</summary>
    internal virtual string Adapt(string template) => template;

    internal DeployedStack Stack => Deployed.Stack;

    /// <summary>Issues tokens that the stack's authorizer takes.</summary>
    internal TokenIssuer Tokens => Deployed.Tokens;

    internal Landings Landings => landings ??= new Landings(Stack);

    private IDeployedTarget Deployed
    {
        get
        {
            // Classes ask for the stack while they are made, which is before the gate.
            if (TestContext.Current.TestMethod is IXunitTestMethod { Method: var story })
                TargetGateAttribute.SkipElsewhere(story);
            return start.Value;
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (start.Started is { } target) await target.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<IDeployedTarget> StartAsync() => StoryTarget.Current switch
    {
        Target.LocalStack => await LocalStackTarget.DeployAsync(),
        Target.Aws => await AwsTarget.FindAsync(),
        _ => await LocalTarget.StartAsync(Isolation, Parameters, Adapt, CallGate),
    };

    /// <summary>Waits until nothing is under way, which the local host alone can tell.</summary>
    internal Task QuietAsync() => Deployed.ComeToRestAsync();

    /// <summary>Lets time pass until each of these versions has a job that came to an end.</summary>
    internal Task<IReadOnlyList<Job>> SettleAsync(params IReadOnlyList<LandedVersion> versions) => UntilAsync(
        () => Landings.JobsAsync(versions),
        jobs => jobs.Count == versions.Count && jobs.All(job => job.IsSettled));

    /// <summary>Looks, and lets time pass before looking again, until what is seen is what a story waits for.</summary>
    /// <param name="byTheMinute">Whether it is time that has to pass, and not what is due next.</param>
    /// <exception cref="TimeoutException">It is still not after the target's bound.</exception>
    internal async Task<TSeen> UntilAsync<TSeen>(
        Func<Task<TSeen>> look, Func<TSeen, bool> isIt, bool byTheMinute = false)
    {
        var target = Deployed;
        for (var steps = 0; ; steps++)
        {
            await target.ComeToRestAsync();
            var seen = await look();
            if (isIt(seen)) return seen;
            if (steps == target.MaxSteps)
                throw new TimeoutException($"Not seen after {steps} steps in time, but {seen}\n{target.Tail()}");
            await target.LetTimePassAsync(byTheMinute);
        }
    }

    /// <summary>Facts that the host noted after a point in its journal.</summary>
    internal IEnumerable<TFact> Facts<TFact>(long after = 0) =>
        Host.Journal.After(after).Select(entry => entry.Fact).OfType<TFact>();
}

/// <summary>
/// The same on plain processes, whose Runtime API is on this machine's loopback; without the external extensions,
/// because plain processes share their ports, and so have one environment at a time with them.
/// </summary>
public sealed class PlainStackFixture : StackFixture
{
    internal override IsolationChoice Isolation => IsolationChoice.Plain;

    internal override IReadOnlyList<string> Parameters => ["Telemetry=off", "ParametersExtension=off"];
}

/// <summary>The one stack that the stories about the application share.</summary>
[CollectionDefinition(Name)]
public sealed class OneStack : ICollectionFixture<StackFixture>
{
    public const string Name = "one deployed stack";
}
