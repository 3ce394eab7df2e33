using Isobar.Local.Services.CodeDeploy;

namespace Isobar.Local.Tour;

/// <summary>
/// New versions of the route that reads one job: one that fails, which its alarm rolls back; a good one, which gets all
/// calls; and a rollback by one update.
/// </summary>
internal sealed class Releases(LocalHost host, SignedCalls signed, StageClient stage, TourReport report)
{
    private const string Function = "ApiGetJobFunction";
    private const string Handler = "ANNOTATIONS_HANDLER";
    private const string Path = "jobs/none";
    private const int Calls = 20;

    // A tenth of the calls fail; that none of so many does happens once in a thousand million tours.
    private const int MaxCalls = 200;

    private static readonly TimeSpan AlarmPeriod = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan CanaryInterval = TimeSpan.FromMinutes(5);

    public async Task ShowAsync(CancellationToken cancellationToken)
    {
        var calls = new ReleaseCalls(host, signed, Function);
        var (first, _) = await calls.AliasAsync(cancellationToken);
        var handler = "";
        report.Heading("A canary of GET /jobs/{id} that fails, and is rolled back by its alarm");
        var bad = await calls.PublishAsync("names a handler that does not exist", variables =>
        {
            handler = (string)variables[Handler]!;
            variables[Handler] = "Nothing";
        }, cancellationToken);
        await RollBackAsync(calls, first, bad, cancellationToken);

        report.Heading("A canary that works and is promoted, and a rollback by one update");
        var good = await calls.PublishAsync(
            "names the right handler", variables => variables[Handler] = handler, cancellationToken);
        await PromoteAsync(calls, first, good, cancellationToken);
        await calls.PointAsync(first, cancellationToken);
        var (last, share) = await calls.AliasAsync(cancellationToken);
        report.Check((last, share) == (first, 0) && await AnsweredAsync(Calls, cancellationToken) == Calls,
            $"one UpdateAlias: all calls run version {last} again; the API and its permission are as they were");
    }

    private async Task RollBackAsync(
        ReleaseCalls calls, string first, string bad, CancellationToken cancellationToken)
    {
        var before = host.Journal.LastSequence;
        var id = await calls.BeginAsync(first, bad, cancellationToken);
        var (_, share) = await calls.AliasAsync(cancellationToken);
        var made = 1;
        while (made < MaxCalls && await StatusAsync(cancellationToken) != 502) made++;
        report.Check(share is > 0 and < 0.5 && made < MaxCalls,
            $"version {bad}, which can't start, gets {share * 100:0} % of the calls: call {made} is a 502");

        await host.ClockControl.AdvanceByAsync(2 * AlarmPeriod, cancellationToken);
        var status = await calls.StatusAsync(id, cancellationToken);
        var facts = host.Journal.After(before);
        var shift = facts.First(entry => entry.Fact is TrafficShifted shifted && shifted.RequestId == id).Time;
        var end = facts.Where(entry => entry.Fact is DeploymentEnded ended && ended.RequestId == id)
            .Select(entry => (DateTimeOffset?)entry.Time).FirstOrDefault();
        report.Check(status == "Stopped ALARM_ACTIVE" && end is not null,
            $"after {Tour.Spoken((end ?? shift) - shift)} of service time the alarm on its errors sends "
            + $"all calls back to version {first}: {status}");
        report.Check(await AnsweredAsync(Calls, cancellationToken) == Calls,
            $"{Calls} of {Calls} calls are answered by version {first}");
        // Those end the alarm, which would stop the next deployment.
        await host.ClockControl.AdvanceByAsync(AlarmPeriod, cancellationToken);
    }

    private async Task PromoteAsync(
        ReleaseCalls calls, string first, string good, CancellationToken cancellationToken)
    {
        var id = await calls.BeginAsync(first, good, cancellationToken);
        var answered = await AnsweredAsync(Calls, cancellationToken);
        await host.ClockControl.AdvanceByAsync(CanaryInterval, cancellationToken);
        var (version, share) = await calls.AliasAsync(cancellationToken);
        var status = await calls.StatusAsync(id, cancellationToken);
        report.Check(status == "Succeeded" && (version, share) == (good, 0) && answered == Calls,
            $"version {good} gets 10 % for 5 minutes, then all: {status}, {answered} of {Calls} calls answered");
    }

    private async Task<int> AnsweredAsync(int count, CancellationToken cancellationToken)
    {
        var answered = 0;
        for (var call = 0; call < count; call++)
            if (await StatusAsync(cancellationToken) == 404) answered++;
        return answered;
    }

    // There is no such job, and the route says so: 404. A function that fails is the gateway's 502.
    private async Task<int> StatusAsync(CancellationToken cancellationToken) =>
        (await stage.GetAsync(Path, cancellationToken)).Status;
}
