using Isobar.DeadLetters;
using Isobar.Chunks;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Intake;
using Isobar.Jobs;
using Isobar.Transform;

namespace Isobar.Functions.Tests.Simulation;

/// <summary>
/// Files from the event of their landing to settled jobs, by workers whose steps a seed interleaves, loses and breaks,
/// on queues that reorder and repeat. The functions, the jobs table and its transactions are the real ones.
/// </summary>
internal sealed class Run
{
    private const int MostWorkers = 5;
    private const int MostSteps = 20_000;

    private readonly Random random;
    private readonly Weather weather;
    private readonly JobsTableOnPortZero table;
    private readonly Coverage coverage;
    private readonly MessageQueue events;
    private readonly MessageQueue chunks;
    private readonly MessageQueue deadLetters;
    private readonly DataBucket data = new();
    private readonly Invariants invariants;
    private readonly List<Worker> workers = [];
    private bool isCalm;

    private Run(Random random, Weather weather, JobsTableOnPortZero table, Coverage coverage)
    {
        (this.random, this.weather, this.table, this.coverage) = (random, weather, table, coverage);
        events = new MessageQueue(random);
        deadLetters = new MessageQueue(random);
        chunks = new MessageQueue(random, weather.MaxReceives, deadLetters);
        invariants = new Invariants(weather.Files, table, data);
    }

    /// <summary>Runs to the end and checks it.</summary>
    public static async Task ToTheEndAsync(
        Random random, Weather weather, JobsTableOnPortZero table, Coverage coverage)
    {
        var run = new Run(random, weather, table, coverage);
        // S3 delivers an event at least once.
        for (var file = 0; file < weather.Files.Count; file++)
            for (var delivery = random.Next(1, 4); delivery > 0; delivery--) run.events.Send($"{file}");

        await run.SettleAsync();
        for (var redrive = random.Next(3); redrive > 0; redrive--)
        {
            // The last time all goes well, so that whatever can be completed is.
            run.isCalm = redrive == 1;
            if (run.Redrive()) coverage.Saw("redriven");
            await run.SettleAsync();
        }

        coverage.Saw(await run.invariants.CheckEndAsync(run.isCalm));
    }

    /// <summary>Lets things happen until nothing is left to happen.</summary>
    private async Task SettleAsync()
    {
        for (var step = 0; ; step++)
        {
            Assert.True(step < MostSteps, "The run does not come to its end.");
            if (workers.Count > 0 && (workers.Count == MostWorkers || random.Next(4) > 0)) await StepAnyAsync();
            else if (chunks.HasInFlight && random.Next(20) == 0 && !isCalm) chunks.ReturnAny();
            else if (chunks.HasVisible && random.Next(20) == 0 && !isCalm) chunks.CopyAny();
            else if (!await StartAnyAsync() && workers.Count == 0) return;
            await invariants.CheckStepAsync();
        }
    }

    private async Task<bool> StartAnyAsync()
    {
        var queues = new[] { events, chunks, deadLetters }.Where(queue => queue.HasVisible).ToList();
        if (queues.Count == 0) return false;
        var queue = queues[random.Next(queues.Count)];
        var messages = queue.Receive(queue == events ? 1 : random.Next(1, 3));
        // All there was may have gone to the dead letters.
        if (messages.Count == 0) return true;
        var worker = new Worker(
            queue == events ? "Intake" : queue == chunks ? "Transform" : "DeadLetters", messages);
        workers.Add(worker);
        await worker.StartAsync(queue == events ? IntakeAsync : queue == chunks ? TransformAsync : DeadLettersAsync);
        Retire(worker, queue);
        return true;
    }

    private async Task StepAnyAsync()
    {
        var worker = workers[random.Next(workers.Count)];
        var fate = NextFate();
        coverage.Saw($"{worker.Function} {worker.Step}: {fate}");
        if (worker.Step is "list job" or "open job" or "record attempt" or "commit") invariants.ExpectChange();
        await worker.DecideAsync(fate);
        Retire(worker, worker.Function switch { "Intake" => events, "Transform" => chunks, _ => deadLetters });
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

    /// <summary>What the invoker does with the messages of a worker that is over.</summary>
    private void Retire(Worker worker, MessageQueue queue)
    {
        if (!worker.IsOver) return;
        workers.Remove(worker);
        foreach (var message in worker.Messages)
        {
            if (!worker.IsLost && worker.Succeeded.Contains(message)) queue.Delete(message);
            else queue.Return(message);
        }

        if (!worker.IsLost && worker.Failure is not (null or IOException or JobsConflictException))
            throw worker.Failure;
    }

    private bool Redrive()
    {
        var failed = invariants.FailedChunks().ToList();
        foreach (var chunk in failed) chunks.Send(chunk.ToJson());
        return failed.Count > 0;
    }

    private async Task IntakeAsync(Worker worker)
    {
        var file = weather.Files[int.Parse(worker.Messages[0].Body)];
        using var sqs = new StepwiseSqs(worker, chunks);
        using var dynamoDb = new StepwiseDynamoDb(worker, table.Config);
        var opener = new JobOpener(
            new LandingBucket(worker, weather.Files), table.Jobs(dynamoDb), new ChunkQueue(sqs, "queue"),
            file.ChunkBytes);
        var accepted = await opener.OpenAsync(file.Landing, default);
        Assert.Equal((file.Job, file.Plan.Chunks.Count), (accepted.Job, accepted.Chunks));
        worker.Succeeded.UnionWith(worker.Messages);
    }

    private async Task TransformAsync(Worker worker)
    {
        using var dynamoDb = new StepwiseDynamoDb(worker, table.Config);
        var work = new ChunkConverter(
            new LandingBucket(worker, weather.Files), new Results(worker, data), table.Jobs(dynamoDb));
        await HandleEachAsync(worker, chunk => work.RunAsync(chunk, default));
    }

    private async Task DeadLettersAsync(Worker worker)
    {
        using var dynamoDb = new StepwiseDynamoDb(worker, table.Config);
        var recorder = new FailureRecorder(table.Jobs(dynamoDb));
        await HandleEachAsync(worker, chunk => recorder.RecordAsync(chunk, default));
    }

    // As Powertools does it; the functions' own use of Powertools is tested beside them.
    private static async Task HandleEachAsync(Worker worker, Func<ChunkMessage, Task> handle)
    {
        foreach (var message in worker.Messages)
        {
            try
            {
                await handle(ChunkMessage.FromJson(message.Body));
                worker.Succeeded.Add(message);
            }
            catch (Exception e) when (e is WorkerLostException or IOException or JobsConflictException
                or InputRefusedException)
            {
                // The message comes again.
            }
        }
    }
}
