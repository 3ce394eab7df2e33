using System.Security.Cryptography;
using Isobar.Local;
using Isobar.Local.Tokens;

namespace Isobar.Stories;

/// <summary>
/// The real host in this process, with the template and the profile of this checkout, running the functions that were
/// built with the stories. As on AWS the stack outlives a story: each one lands files under keys of its own.
/// </summary>
public sealed class LocalHostFixture : IAsyncLifetime
{
    // Six jumps bring a chunk through its five receives; near this bound something is wrong.
    private const int MaxJumps = 60;

    private static readonly TimeSpan QuietBound = TimeSpan.FromSeconds(60);

    // Of this run alone: the stack is given its public half, and nothing else ever is.
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private LocalHost? host;
    private Landings? landings;

    internal LocalHost Host
    {
        get
        {
            StoryTarget.RequireLocal();
            return host!;
        }
    }

    internal DeployedStack Stack => Landings.Stack;

    /// <summary>Issues tokens that the stack's authorizer takes.</summary>
    internal TokenIssuer Tokens => new(key);

    internal Landings Landings
    {
        get
        {
            StoryTarget.RequireLocal();
            return landings!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (!StoryTarget.IsLocal) return;
        host = await LocalHost.StartAsync(
            new LocalHostOptions
            {
                TemplateFile = Repository.In("template.yaml"),
                ParametersFile = Repository.In("infra", "local", "local.parameters.yaml"),
                ParameterOverrides = [$"TokenPublicKeys={Tokens.PublicKeys}"],
                Port = 0,
                RepositoryRoot = Repository.Root,
                Configuration = Repository.Configuration,
                DataDirectory = Directory.CreateTempSubdirectory("isobar-stories-").FullName,
            },
            CancellationToken.None);
        landings = new Landings(
            await DeployedStack.FindAsync(host.Address, host.Options.Region, host.Options.StackName));
    }

    public async ValueTask DisposeAsync()
    {
        landings?.Stack.Dispose();
        if (host is not null) await host.DisposeAsync();
        key.Dispose();
    }

    /// <summary>Waits until nothing is under way.</summary>
    internal async Task QuietAsync()
    {
        if (!await Host.Activity.WaitForQuietAsync(QuietBound, CancellationToken.None))
            throw new TimeoutException($"Work is still under way after {QuietBound}.\n{Host.Journal.Tail(60)}");
    }

    /// <summary>Lets time pass, timer by timer, until each of these versions has a job that came to an end.</summary>
    internal async Task<IReadOnlyList<Job>> SettleAsync(params IReadOnlyList<LandedVersion> versions)
    {
        for (var jumps = 0; ; jumps++)
        {
            await QuietAsync();
            var jobs = await Landings.JobsAsync(versions);
            if (jobs.Count == versions.Count && jobs.All(job => job.IsSettled)) return jobs;
            if (jumps == MaxJumps)
                throw new TimeoutException(
                    $"Not settled after {jumps} jumps: {string.Join(", ", jobs)}\n{Host.Journal.Tail(60)}");
            await Host.ClockControl.JumpToNextTimerAsync(CancellationToken.None);
        }
    }

    /// <summary>Facts that the host noted after a point in its journal.</summary>
    internal IEnumerable<TFact> Facts<TFact>(long after = 0) =>
        Host.Journal.After(after).Select(entry => entry.Fact).OfType<TFact>();
}

/// <summary>The one stack that the stories about the application share.</summary>
[CollectionDefinition(Name)]
public sealed class OneStack : ICollectionFixture<LocalHostFixture>
{
    public const string Name = "one deployed stack";
}
