using Isobar.Local.Commands;
using Isobar.Local.Tokens;

namespace Isobar.Local.Tour;

/// <summary>The guided run: seeds the samples, then shows each fact with its number and checks it.</summary>
/// <param name="token">What the API's writing calls show.</param>
/// <param name="tokens">Who issued it.</param>
internal sealed class Tour(LocalHost host, TourReport report, string token, TokenIssuer tokens)
{
    /// <summary>The authorizer's parameters extension keeps the keys so long, in the tour.</summary>
    public static readonly TimeSpan TokenKeysTimeToLive = TimeSpan.FromSeconds(1);

    // Up to five are provisioned, and two are left to all other invocations.
    private const int LeastEnvironments = 7;

    private readonly string samples = Path.Combine(host.Options.RepositoryRoot, "samples", "data");

    /// <param name="file">A GHCN-Daily file to follow besides the samples, or null.</param>
    public async Task RunAsync(string? file, CancellationToken cancellationToken)
    {
        using var clients = new StackClients(host);
        using var calls = new SignedCalls(host);
        var jobs = new Jobs(host, clients);
        var landing = new Landing(clients);

        report.Heading("Files go in");
        var group = new BlockedGroup(host, clients, jobs, report, samples);
        await group.BlockAsync(cancellationToken);
        var landed = await SeedAsync(landing, cancellationToken);
        await group.LookAsync(landed, cancellationToken);
        var settlement = await jobs.SettleAsync(landed, cancellationToken);
        report.Fact(
            $"all jobs have ended; {settlement.Jumps} jumps of the clock skipped {Spoken(settlement.Skipped)}");

        await new JobCounts(jobs, report, samples).ShowAsync(landed, cancellationToken);
        await new Quarantine(clients, report, samples).ShowAsync(cancellationToken);
        await new PoisonedFile(host, clients, jobs, landing, report, samples)
            .ShowAsync(landed, cancellationToken);
        await group.ShowAsync(landed, cancellationToken);
        await new OneRow(clients, jobs, report, samples).FollowAsync(landed, cancellationToken);
        await new KilledWorker(host, jobs, landing, report, samples).ShowAsync(cancellationToken);
        await new PoisonedChange(host, clients, jobs, calls, report).ShowAsync(landed, cancellationToken);
        await ShowApiAsync(clients, jobs, calls, landed, cancellationToken);
        await new FannedOut(host, clients, jobs, report).ShowAsync(cancellationToken);
        await new SplitViewers(host, clients, report).ShowAsync(cancellationToken);
        await new EdgePages(host, clients, report).ShowAsync(cancellationToken);
        await ShowLoadAsync(clients, calls, cancellationToken);
        if (file is not null) await new OwnFile(jobs, landing, report).ShowAsync(file, cancellationToken);
    }

    private async Task ShowApiAsync(
        StackClients clients, Jobs jobs, SignedCalls calls, IReadOnlyList<LandedVersion> landed,
        CancellationToken cancellationToken)
    {
        using var stage = new StageClient(clients.Stage, token);
        var open = new OpenData(clients, samples);
        await open.CreateAsync(cancellationToken);
        await new CalledApi(stage, report).ShowAsync(cancellationToken);
        await new RotatedKeys(host, clients, report, TokenKeysTimeToLive).ShowAsync(tokens, cancellationToken);
        var newer = await new StationMonths(clients, jobs, new Landing(clients), stage, report, samples)
            .ShowAsync(landed, cancellationToken);
        var changed = host.Journal.LastSequence;
        await new LiveReadings(host, jobs, stage, report).ShowAsync(cancellationToken);
        var beforeImport = host.Journal.LastSequence;
        await new ImportedStation(jobs, stage, open, report).ShowAsync(cancellationToken);
        await new TimedCalls(host, report).ShowAsync(beforeImport, cancellationToken);
        await new FailingImport(host, clients, jobs, stage, open, report).ShowAsync(cancellationToken);
        await new ShippedTelemetry(host, clients, stage, report).ShowAsync(cancellationToken);
        // Since the months have changed, what is in between has moved the clock by 19 minutes.
        await new StationPage(host, clients, jobs, calls, report).ShowAsync(changed, newer, cancellationToken);
    }

    private async Task ShowLoadAsync(
        StackClients clients, SignedCalls calls, CancellationToken cancellationToken)
    {
        using var stage = new StageClient(clients.Stage, token);
        await new Releases(host, calls, stage, report).ShowAsync(cancellationToken);
        if (host.Options.MaxEnvironments < LeastEnvironments)
        {
            report.Fact($"scaling is not shown with less than {LeastEnvironments} environments");
            return;
        }

        var slow = new SlowFunction(host, calls);
        await new SimultaneousCalls(host, slow, report).ShowAsync(cancellationToken);
        await new ScaledCapacity(host, slow, report).ShowAsync(cancellationToken);
    }

    /// <summary>A time as people say it: seconds, or minutes from two on.</summary>
    internal static string Spoken(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds:0.0} s" : $"{time.TotalMinutes:0.0} min";

    private async Task<IReadOnlyList<LandedVersion>> SeedAsync(Landing landing, CancellationToken cancellationToken)
    {
        var landed = new List<LandedVersion>();
        string[] files = [.. SampleFiles.In(samples)];
        if (files.Length == 0) throw new UsageException($"There are no samples in {samples}.");
        await report.ProgressAsync("landing", files, file => Path.GetFileName(file)!, async file =>
            landed.Add(await landing.PutAsync(file, SampleFiles.KeyOf(file), cancellationToken)));
        return landed;
    }
}
