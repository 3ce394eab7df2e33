using Amazon.DynamoDBv2.Model;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;
using Isobar.Stations;
using Isobar.Summaries;

namespace Isobar.Functions.Tests.Simulation.Months;

/// <summary>What a run's workers share: the two tables, the bucket, the jobs table's stream, and the queues.</summary>
internal sealed class MonthsWorld(JobsTableOnPortZero jobs, string table, Random random, int maxReceives)
{
    private readonly GroupedQueue deadLetters = new(random);
    private GroupedQueue? summaries;

    public DataBucket Data { get; } = new();

    /// <summary>The items of finished jobs, in the order in which their last chunks were done.</summary>
    public List<Dictionary<string, AttributeValue>> Stream { get; } = [];

    public GroupedQueue Summaries => summaries ??= new GroupedQueue(random, maxReceives, deadLetters);

    public StationReader Reader => new(jobs.Client, table, Waits);

    public StationList List => new(jobs.Client, table);

    public CurrentVersions Currents => new(jobs.Client, table, Waits);

    public static Backoff Waits => new(new Random(1), new ImmediateTime());

    public Task CreateAsync() => jobs.Client.CreateTableAsync(new CreateTableRequest
    {
        TableName = table,
        AttributeDefinitions = [new("station", "S"), new("item", "S")],
        KeySchema = [new("station", "HASH"), new("item", "RANGE")],
        BillingMode = Amazon.DynamoDBv2.BillingMode.PAY_PER_REQUEST,
    });

    /// <summary>Finishes a file's job: what Intake and Transform leave behind.</summary>
    public async Task FinishAsync(LandedFile file)
    {
        var writer = jobs.Jobs();
        var job = new Job(file.Job, file.Landing.Source, file.Plan.Chunks.Count, file.Landing.At);
        await writer.OpenAsync(job, file.Plan.Refusal, default);
        foreach (var chunk in file.Plan.Chunks)
        {
            var (counts, objects) = file.Chunks[chunk.Start];
            foreach (var (key, bytes) in objects) Data.Put(key, bytes);
            var shards = objects.Keys.Select(key => key.Split('/')).Where(parts => parts[0] == "partials")
                .Select(parts => int.Parse(parts[3].Split('.')[0])).ToList();
            await writer.CommitAsync(file.Message(chunk), counts, shards, default);
        }

        var item = await jobs.Client.GetItemAsync(
            JobsTableOnPortZero.Name, new() { ["job"] = new(file.Job), ["item"] = new("job") });
        Stream.Add(item.Item);
    }

    /// <summary>Sends the messages of a finished job again.</summary>
    public void SummarizeAgain(string id)
    {
        var job = Stream.Select(FinishedJob.TryRead).First(job => job!.Id == id)!;
        foreach (var message in SummaryMessage.Of(SummaryStep.Merge, job.Source, job.Id, job.Shards, again: "again"))
            Summaries.Send(message.ToJson(), message.Group, message.DeduplicationId);
    }

    /// <summary>Sends all dead letters again.</summary>
    public void Redrive() => deadLetters.MoveTo(Summaries);

    /// <summary>Deletes dead letters for good.</summary>
    /// <returns>Whether there were any.</returns>
    public bool GiveUp(Func<SummaryMessage, bool> isOver) =>
        deadLetters.DeleteAll(message => isOver(SummaryMessage.FromJson(message.Body)));

    public bool HasDeadLetters => !deadLetters.IsEmpty;

    /// <summary>Everything in the stations table.</summary>
    public async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync() =>
        (await jobs.Client.ScanAsync(new ScanRequest { TableName = table })).Items ?? [];

    public Isobar.Summarize.ShardSummarizer Summarizer(Worker worker)
    {
        var client = new StepwiseStations(worker, jobs.Config);
        return new(
            new Isobar.Summarize.ShardFiles(new MonthFiles(worker, Data), jobs.Reader(client), filesAtATime: 1),
            new StationWriter(
                client, table, Waits, new FixedTime(TableOnPortZero.Now), stationsAtATime: 1, batchesAtATime: 1),
            new CurrentVersions(client, table, Waits),
            new ReportRequests(client, table, Waits, TableOnPortZero.Retention, atATime: 1),
            new Summaries(worker, Summaries));
    }

    public StationReader ReaderOf(Worker worker) => new(new StepwiseStations(worker, jobs.Config), table, Waits);
}
