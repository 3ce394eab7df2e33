using System.Security.Cryptography;
using Isobar.Local;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Tokens;
using Isobar.Local.Wire;
using Isobar.Stories.Costs;
using Isobar.Stories.Permissions;

namespace Isobar.Stories;

/// <summary>
/// The real host in this process, with the template and the profile of this checkout, running the functions that were
/// built with the stories.
/// </summary>
internal sealed class LocalTarget : IDeployedTarget
{
    private static readonly TimeSpan QuietBound = TimeSpan.FromSeconds(60);

    // Of this run alone: the stack is given its public half.
    private readonly ECDsa key;
    private readonly EdgePackages edge;
    private readonly string folder;

    private LocalTarget(LocalHost host, DeployedStack stack, ECDsa key, EdgePackages edge, string folder) =>
        (Host, Stack, this.key, this.edge, this.folder) = (host, stack, key, edge, folder);

    public LocalHost Host { get; }

    public DeployedStack Stack { get; }

    /// <summary>Issues tokens that the stack's authorizer takes.</summary>
    public TokenIssuer Tokens => new(key);

    // Six jumps bring a chunk through its five receives; near this bound something is wrong.
    public int MaxSteps => 60;

    /// <param name="adapt">Makes what is deployed of this checkout's template.</param>
    /// <param name="gate">Is asked about every call; null to allow all.</param>
    public static async Task<LocalTarget> StartAsync(
        IsolationChoice isolation, IReadOnlyList<string> parameters, Func<string, string> adapt, IRequestGate? gate)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var edge = new EdgePackages(issuer: new TokenIssuer(key));
        var calls = new StoryCalls(gate);
        var folder = Directory.CreateTempSubdirectory("isobar-stories-").FullName;
        var template = Path.Combine(folder, "template.yaml");
        await File.WriteAllTextAsync(template, adapt(await File.ReadAllTextAsync(Repository.In("template.yaml"))));
        var host = StoryReceipts.Follow(await LocalHost.StartAsync(
            new LocalHostOptions
            {
                TemplateFile = template,
                ParametersFile = Repository.In("infra", "local", "local.parameters.yaml"),
                ParameterOverrides = [$"TokenPublicKeys={new TokenIssuer(key).PublicKeys}", .. parameters],
                EdgeTemplateFile = edge.Template,
                LiveTemplateFile = Repository.In("infra", "stacks", "live.yaml"),
                Port = 0,
                Isolation = isolation,
                RepositoryRoot = Repository.Root,
                Configuration = Repository.Configuration,
                DataDirectory = Path.Combine(folder, "data"),
                Gate = calls,
            },
            CancellationToken.None));
        calls.Phase = CallPhase.Finding;
        var stack = await DeployedStack.FindAsync(host.Address, host.Options.Region, host.Options.StackName);
        calls.Phase = CallPhase.Preparing;
        await OpenData.CreateAsync(stack);
        calls.Phase = CallPhase.Stories;
        return new LocalTarget(host, stack, key, edge, folder);
    }

    public async Task ComeToRestAsync()
    {
        if (!await Host.Activity.WaitForQuietAsync(QuietBound, CancellationToken.None))
            throw new TimeoutException($"Work is still under way after {QuietBound}.\n{Tail()}");
    }

    public async Task LetTimePassAsync(bool byTheMinute)
    {
        if (byTheMinute) await Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(1), CancellationToken.None);
        else await Host.ClockControl.JumpToNextTimerAsync(CancellationToken.None);
    }

    public string Tail() => Host.Journal.Tail(60);

    public async ValueTask DisposeAsync()
    {
        Stack.Dispose();
        await Host.DisposeAsync();
        StoryReceipts.Leave(Host);
        key.Dispose();
        edge.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
