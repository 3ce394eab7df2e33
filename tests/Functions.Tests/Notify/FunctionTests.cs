using System.Text.Json;
using Amazon.DynamoDBv2.Model;
using Amazon.Lambda.CloudWatchEvents;
using Isobar.Domain;
using Isobar.Functions.Tests.Jobs;
using Isobar.Jobs;
using Isobar.Notify;

namespace Isobar.Functions.Tests.Notify;

public sealed class FunctionTests : IAsyncLifetime
{
    private static readonly ImportResult Landed = new("import-1", "XIW00000001", "job-1");

    private JobsTableOnPortZero table = null!;

    public async ValueTask InitializeAsync() => table = await JobsTableOnPortZero.StartAsync();

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task An_import_that_landed_is_a_moment_of_its_job_once()
    {
        await HandleAsync(Notice(Landed));
        await HandleAsync(Notice(Landed, at: 9));
        var item = Assert.Single(await ItemsAsync());
        Assert.Equal(
            ("job-1", "event#imported#import-1", "XIW00000001", "2026-01-12T15:39:07.0000000Z"),
            (item["job"].S, item["item"].S, item["station"].S, item["at"].S));
    }

    [Fact]
    public async Task Two_imports_of_one_job_are_two_moments()
    {
        await HandleAsync(Notice(Landed));
        await HandleAsync(Notice(Landed with { ImportId = "import-2" }));
        Assert.Equal(2, (await ItemsAsync()).Count);
    }

    [Fact]
    public async Task An_event_that_is_no_import_that_landed_fails_and_writes_nothing()
    {
        await AssertRefusedAsync(null);
        await AssertRefusedAsync(Notice(Landed, condition: "RetriesExhausted"));
        await AssertRefusedAsync(Notice(null));
        await AssertRefusedAsync(Notice(Landed with { Job = "" }));
        await AssertRefusedAsync(Notice(Landed with { ImportId = null }));
        Assert.Empty(await ItemsAsync());
    }

    [Fact]
    public async Task An_invocation_past_its_deadline_writes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => HandleAsync(Notice(Landed), new Invocation(TimeSpan.FromSeconds(1))));
        Assert.Empty(await ItemsAsync());
    }

    private static InvocationRecord<ImportResult> Notice(
        ImportResult? result, string condition = "Success", int at = 7) => new(
        new DateTimeOffset(2026, 1, 12, 15, 39, at, TimeSpan.Zero), new InvocationContext(condition),
        JsonElement.Parse("{}"), result);

    private Task AssertRefusedAsync(InvocationRecord<ImportResult>? record) =>
        Assert.ThrowsAsync<InvalidDataException>(() => HandleAsync(record));

    private Task HandleAsync(InvocationRecord<ImportResult>? record, Invocation? invocation = null) =>
        new Function(table.Jobs()).Handle(
            new CloudWatchEvent<InvocationRecord<ImportResult>> { Detail = record! }, invocation ?? new Invocation());

    private async Task<List<Dictionary<string, AttributeValue>>> ItemsAsync() =>
        (await table.Client.ScanAsync(new ScanRequest { TableName = JobsTableOnPortZero.Name })).Items ?? [];
}
