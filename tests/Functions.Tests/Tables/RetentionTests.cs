using Amazon.DynamoDBv2.Model;
using Isobar.Functions.Tests.Jobs;
using Isobar.Imports;
using Isobar.Tables;

namespace Isobar.Functions.Tests.Tables;

/// <summary>Nothing that functions write stays for ever: every item says when it expires.</summary>
public sealed class RetentionTests
{
    private static readonly string Expected =
        $"{(TableOnPortZero.Now + TimeSpan.FromDays(400)).ToUnixTimeSeconds()}";

    [Theory]
    [InlineData("30", 30)]
    [InlineData("400", 400)]
    public void A_retention_is_a_number_of_days(string text, int days)
    {
        var before = DateTimeOffset.UtcNow.AddDays(days).ToUnixTimeSeconds();
        var expiresAt = long.Parse(Retention.OfDays(text).ExpiresAt.N);
        Assert.InRange(expiresAt, before, DateTimeOffset.UtcNow.AddDays(days).ToUnixTimeSeconds());
    }

    [Fact]
    public async Task Every_item_of_the_jobs_table_expires()
    {
        await using var table = await JobsTableOnPortZero.StartAsync();
        var (jobs, job) = (table.Jobs(), Examples.Job(chunks: 3));
        await jobs.OpenAsync(job, refusal: null, default);
        await jobs.CommitAsync(Examples.Chunk(job, 0), Examples.Counts, Examples.Shards, default);
        await jobs.RecordFailedAttemptAsync(Examples.Chunk(job, 1), "timeout", default);
        await jobs.MarkFailedAsync(Examples.Chunk(job, 1), default);
        await jobs.AddAsync(job.Id, new("imported", "1", null), new Dictionary<string, string>(), default);

        var items = (await table.Client.ScanAsync(new ScanRequest { TableName = JobsTableOnPortZero.Name })).Items;
        Assert.Equal(
            ["attempt", "chunk", "chunk", "event", "job", "list"],
            items.Select(item => item["job"].S == "jobs" ? "list" : item["item"].S.Split('#')[0]).Order());
        Assert.All(items, item => Assert.Equal(Expected, item[Retention.Attribute].N));
    }

    [Fact]
    public async Task An_import_expires_from_its_last_change_on()
    {
        await using var table = await TableOnPortZero.StartAsync("Imports", "importId");
        var early = new Retention(TimeSpan.FromDays(400), new FixedTime(TableOnPortZero.Now.AddDays(-9)));
        await new ImportsTable(table.Client, "Imports", early).AcceptAsync("1", "XIW00000001", default);
        var imports = new ImportsTable(table.Client, "Imports", TableOnPortZero.Retention);
        await imports.CopyAsync("1", default);
        await imports.FailAsync(new ImportFailure("2", "XIW00000001", "no such file", "{}"), default);

        var items = (await table.Client.ScanAsync(new ScanRequest { TableName = "Imports" })).Items;
        Assert.Equal(2, items.Count);
        Assert.All(items, item => Assert.Equal(Expected, item[Retention.Attribute].N));
    }
}
