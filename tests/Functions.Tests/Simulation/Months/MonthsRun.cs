using Isobar.Finalize;
using Isobar.Functions.Tests.Jobs;
using Isobar.Summaries;

namespace Isobar.Functions.Tests.Simulation.Months;

/// <summary>
/// Versions of files from their finished jobs to the months that readers see, by workers whose steps a seed
/// interleaves, loses and breaks. The jobs finish in any order, the stream is read again from an earlier place, and the
/// FIFO queue repeats. Finalize, Summarize, the reader and both tables are the real ones.
/// </summary>
internal sealed class MonthsRun
{
    private const int MostWorkers = 5;
    private const int MostSteps = 20_000;

    private readonly Random random;
    private readonly Weather weather;
    private readonly Coverage coverage;
    private readonly MonthsWorld world;
    private readonly MonthsInvariants invariants;
    private readonly List<(Worker Worker, Action OnEnd)> workers = [];
    private readonly List<LandedFile> unfinished;
    // So many that the run still comes to its end: starting the stream again repeats all jobs.
    private int disturbances;
    private int checkpoint;
    private bool isFinalizing, isCalm;

    private MonthsRun(Random random, Weather weather, MonthsWorld world, Coverage coverage)
    {
        (this.random, this.weather, this.world, this.coverage) = (random, weather, world, coverage);
        unfinished = [.. weather.Files];
        disturbances = random.Next(8);
        invariants = new MonthsInvariants(world, [.. weather.Files.Select(file => new VersionOfMonths(file))], random);
    }

    /// <summary>Runs to the end and checks it.</summary>
    public static async Task ToTheEndAsync(
        int seed, Random random, Weather weather, JobsTableOnPortZero jobs, Coverage coverage)
    {
        var world = new MonthsWorld(jobs, $"Stations{seed}", random, weather.MaxReceives);
        await world.CreateAsync();
        var run = new MonthsRun(random, weather, world, coverage);
        var giveUp = random.Next(2) == 0;
        await run.SettleAsync();
        for (var redrive = random.Next(1, 3); redrive > 0; redrive--)
        {
            // The last time all goes well, so that whatever can be completed is.
            run.isCalm = redrive == 1;
            // Nobody needs the months of an older version any more, so nobody may send them again.
            if (giveUp && world.GiveUp(message =>
                    message.Step == SummaryStep.Merge && run.invariants.IsOver(message.Source)))
                coverage.Saw("given up");
            if (world.HasDeadLetters) coverage.Saw("redriven");
            world.Redrive();
            await run.SettleAsync();
        }

        // What was given up after the newest version was current is found by the next message of that version, or of a
        // newer one.
        foreach (var file in weather.Files.Where(file => !run.invariants.IsOver(file.Landing.Source)))
            world.SummarizeAgain(file.Job);
        await run.SettleAsync();

        Assert.False(world.HasDeadLetters, "A message fails undisturbed.");
        await run.invariants.CheckEndAsync(coverage);
    }

    private async Task SettleAsync()
    {
        for (var step = 0; ; step++)
        {
            Assert.True(step < MostSteps, "The run does not come to its end.");
            if (workers.Count > 0 && (workers.Count == MostWorkers || random.Next(4) > 0)) await StepAnyAsync();
            else if (!isCalm && disturbances > 0 && random.Next(20) == 0) Disturb();
            else if (!await StartAnyAsync() && workers.Count == 0) return;
        }
    }

    private void Disturb()
    {
        disturbances--;
        // The mapping that reads the stream starts again from an earlier place.
        if (random.Next(2) == 0) checkpoint = random.Next(checkpoint + 1);
        // Lambda ends a function long before its message comes back; two at once are worse than what can be.
        else if (world.Summaries.HasInFlight) world.Summaries.ReturnAny();
    }

    private async Task<bool> StartAnyAsync()
    {
        var starts = new List<Func<Task>>();
        if (unfinished.Count > 0) starts.Add(FinishAnyAsync);
        if (!isFinalizing && checkpoint < world.Stream.Count) starts.Add(FinalizeAsync);
        if (world.Summaries.HasReceivable) starts.AddRange([SummarizeAsync, SummarizeAsync]);
        if (starts.Count > 0) starts.Add(ReadAsync);
        if (starts.Count == 0) return false;
        await starts[random.Next(starts.Count)]();
        return true;
    }

    private Task FinishAnyAsync()
    {
        var at = random.Next(unfinished.Count);
        var file = unfinished[at];
        unfinished.RemoveAt(at);
        return world.FinishAsync(file);
    }

    private async Task StepAnyAsync()
    {
        var (worker, _) = workers[random.Next(workers.Count)];
        var fate = worker.Function == "Reader" ? Fate.Goes : NextFate();
        var step = worker.Step;
        coverage.Saw($"{worker.Function} {step}: {fate}");
        await worker.DecideAsync(fate);
        await invariants.CheckStepAsync(step);
        Retire();
    }

    private Fate NextFate()
    {
        var chance = random.NextDouble();
        if (isCalm) return Fate.Goes;
        if (chance < weather.Loss) return random.Next(2) == 0 ? Fate.LostBefore : Fate.LostAfter;
        if (chance < weather.Loss + weather.Failure)
            return random.Next(2) == 0 ? Fate.FailsBefore : Fate.FailsAfter;
        return Fate.Goes;
    }

    private async Task StartAsync(string function, Func<Worker, Task> body, Action<Worker> onEnd)
    {
        var worker = new Worker(function, []);
        workers.Add((worker, () => onEnd(worker)));
        await worker.StartAsync(body);
        Retire();
    }

    private void Retire()
    {
        foreach (var entry in workers.Where(entry => entry.Worker.IsOver).ToList())
        {
            workers.Remove(entry);
            entry.OnEnd();
            if (!entry.Worker.IsLost && entry.Worker.Failure is not (null or IOException)) throw entry.Worker.Failure;
        }
    }

    // As the mapping does: it goes on from the first change that failed.
    private Task FinalizeAsync()
    {
        isFinalizing = true;
        var (from, changes) = (checkpoint, world.Stream[checkpoint..]);
        var done = 0;
        return StartAsync(
            "Finalize",
            async worker =>
            {
                var finalizer = new JobFinalizer(new Summaries(worker, world.Summaries));
                foreach (var change in changes)
                {
                    await finalizer.FinalizeAsync(change, default);
                    done++;
                }
            },
            worker =>
            {
                isFinalizing = false;
                if (!worker.IsLost) checkpoint = from + done;
            });
    }

    private async Task SummarizeAsync()
    {
        if (world.Summaries.Receive() is not { } message) return;
        var isDone = false;
        await StartAsync(
            "Summarize",
            async worker =>
            {
                await world.Summarizer(worker).RunAsync(SummaryMessage.FromJson(message.Body), default);
                isDone = true;
            },
            _ =>
            {
                if (isDone) world.Summaries.Delete(message);
                else world.Summaries.Return(message);
            });
    }

    private Task ReadAsync()
    {
        var station = invariants.AnyStation();
        var since = invariants.Now;
        return StartAsync(
            "Reader",
            async worker => invariants.CheckRead(
                station, await world.ReaderOf(worker).MonthsAsync(station, null, null, default), since),
            _ => { });
    }
}
