using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.DynamoDBEvents;
using Isobar.Domain;
using Isobar.Finalize;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;
using Isobar.Summaries;

namespace Isobar.Functions.Tests.Finalize;

[Collection(nameof(Batches))]
public sealed class FunctionTests : IAsyncLifetime, ISummaryQueue
{
    private readonly List<SummaryMessage> sent = [];
    private JobsTableOnPortZero table = null!;
    private int sends;
    private int failingSend = -1;

    public async ValueTask InitializeAsync() => table = await JobsTableOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_finished_job_is_a_message_for_each_shard_that_any_chunk_has()
    {
        var job = await OpenAsync(chunks: 2);
        await table.Jobs().CommitAsync(Examples.Chunk(job, 0), Examples.Counts, [3], default);
        await table.Jobs().CommitAsync(Examples.Chunk(job, 1), Examples.Counts, [11, 3], default);

        Assert.Empty(await HandleAsync(await ImageAsync(job)));

        Assert.Equal([3, 11], sent.Select(message => message.Shard!.Value));
        Assert.All(sent, message => Assert.Equal(
            (SummaryStep.Merge, job.Id, job.Source), (message.Step, message.Job, message.Source)));
        Assert.All(sent, message => Assert.Equal([3, 11], message.Shards));
    }

    [Fact]
    public async Task A_job_that_is_not_finished_is_no_message()
    {
        var job = await OpenAsync(chunks: 2);
        await table.Jobs().CommitAsync(Examples.Chunk(job, 0), Examples.Counts, [3], default);

        Assert.Empty(await HandleAsync(await ImageAsync(job)));

        Assert.Empty(sent);
    }

    [Fact]
    public async Task A_job_without_an_accepted_row_is_one_message_without_a_shard()
    {
        var job = await OpenAsync(chunks: 1);
        await table.Jobs().CommitAsync(Examples.Chunk(job, 0), Examples.Counts with { Accepted = 0 }, [], default);

        await HandleAsync(await ImageAsync(job), await ImageAsync(await OpenAsync(chunks: 0, "empty.csv")));

        Assert.Equal([null, null], sent.Select(message => message.Shard));
    }

    [Fact]
    public async Task A_refused_file_leaves_the_version_before_it()
    {
        await HandleAsync(await ImageAsync(await OpenAsync(chunks: 0, refusal: "object:gzip-size")));

        Assert.Empty(sent);
    }

    /// <summary>Its chunks do not say which shards they have, so it may be any.</summary>
    [Fact]
    public async Task A_job_that_is_older_than_the_attributes_has_all_shards()
    {
        var job = await OpenAsync(chunks: 1);
        await table.Jobs().CommitAsync(Examples.Chunk(job, 0), Examples.Counts, [], default);
        var image = await ImageAsync(job);
        foreach (var remaining in (int?[])[null, -1])
        {
            image.Remove("remaining");
            if (remaining is { } number) image["remaining"] = new AttributeValue { N = $"{number}" };

            await HandleAsync(image);

            Assert.Equal(Enumerable.Range(0, 16), sent.Select(message => message.Shard!.Value));
            sent.Clear();
        }
    }

    [Fact]
    public async Task At_the_first_change_that_fails_the_batch_stops_and_names_it()
    {
        var image = await ImageAsync(await OpenAsync(chunks: 0));
        failingSend = 1;

        Assert.Equal(["101"], await HandleAsync(image, image, image));

        Assert.Equal((2, 1), (sends, sent.Count));
    }

    [Fact]
    public async Task The_answer_is_written_in_the_words_that_the_mapping_reads()
    {
        failingSend = 0;
        var answer = await new Function(new JobFinalizer(this)).Handle(
            Event(await ImageAsync(await OpenAsync(chunks: 0))), new Invocation());

        Assert.Equal(
            """{"batchItemFailures":[{"itemIdentifier":"100"}]}""",
            JsonSerializer.Serialize(answer, FinalizeJson.Default.StreamsEventResponse));
    }

    Task ISummaryQueue.SendAsync(IReadOnlyList<SummaryMessage> messages, CancellationToken cancellationToken)
    {
        if (sends++ == failingSend) throw new IOException("SQS does not answer.");
        sent.AddRange(messages);
        return Task.CompletedTask;
    }

    private async Task<Job> OpenAsync(int chunks, string key = "a.csv", string? refusal = null)
    {
        var source = Examples.Source with { Key = key };
        var job = new Job(JobId.From(source.Bucket, key, source.VersionId), source, chunks, Examples.LandedAt);
        await table.Jobs().OpenAsync(job, refusal, default);
        return job;
    }

    private async Task<Dictionary<string, AttributeValue>> ImageAsync(Job job) =>
        (await table.Client.GetItemAsync(
            JobsTableOnPortZero.Name, new() { ["job"] = new() { S = job.Id }, ["item"] = new() { S = "job" } }))
        .Item;

    private async Task<IEnumerable<string>> HandleAsync(params Dictionary<string, AttributeValue>[] images)
    {
        var answer = await new Function(new JobFinalizer(this)).Handle(Event(images), new Invocation());
        return answer.BatchItemFailures.Select(failure => failure.ItemIdentifier);
    }

    private static DynamoDBEvent Event(params Dictionary<string, AttributeValue>[] images) => new()
    {
        Records =
        [
            .. images.Select((image, index) => new DynamoDBEvent.DynamodbStreamRecord
            {
                Dynamodb = new DynamoDBEvent.StreamRecord
                {
                    SequenceNumber = $"{100 + index}",
                    NewImage = image.ToDictionary(
                        attribute => attribute.Key,
                        attribute => new DynamoDBEvent.AttributeValue
                        {
                            S = attribute.Value.S, N = attribute.Value.N, NS = attribute.Value.NS,
                        }),
                },
            }),
        ],
    };
}
