using Isobar.Domain;
using Isobar.Import;
using Isobar.Imports;

namespace Isobar.Functions.Tests.Import;

public sealed class FunctionTests : IAsyncLifetime
{
    private const string Id = "6bc28136-0001";
    private const string Station = "XIW00000001";
    private const string Key = "csv/by_station/XIW00000001.csv";

    private readonly StationsInMemory world = new();
    private TableOnPortZero table = null!;
    private ImportsTable imports = null!;

    public async ValueTask InitializeAsync()
    {
        table = await TableOnPortZero.StartAsync("Imports", "importId");
        imports = new ImportsTable(table.Client, "Imports", TableOnPortZero.Retention);
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_station_is_copied_and_the_import_linked_to_its_job()
    {
        var imported = await HandleAsync();
        var job = JobId.From("landing", Key, "v1");
        Assert.Equal(new Imported(Id, Station, job, Key, "v1"), imported);
        Assert.Equal([Id], world.Versions);
        var record = await imports.FindAsync(Id, default);
        Assert.Equal((ImportState.Landed, new LandedFile(job, Key, "v1")), (record!.State, record.Landed));
    }

    [Fact]
    public async Task An_event_that_comes_again_answers_the_same_and_copies_nothing()
    {
        var first = await HandleAsync();
        Assert.Equal(first, await HandleAsync());
        Assert.Equal([Id], world.Versions);
    }

    [Fact]
    public async Task A_retry_links_the_copy_that_an_attempt_before_it_made()
    {
        world.AfterCopy = () => throw new TimeoutException("The attempt ended here.");
        await Assert.ThrowsAsync<TimeoutException>(() => HandleAsync());
        Assert.Equal(ImportState.Copying, (await imports.FindAsync(Id, default))!.State);

        world.AfterCopy = null;
        Assert.Equal("v1", (await HandleAsync()).VersionId);
        Assert.Equal([Id], world.Versions);
    }

    [Fact]
    public async Task Another_imports_copy_of_the_same_station_is_not_taken_for_ones_own()
    {
        world.AfterCopy = () => throw new TimeoutException("The attempt ended here.");
        await Assert.ThrowsAsync<TimeoutException>(() => HandleAsync());
        world.AfterCopy = null;
        await HandleAsync(new ImportRequest("6bc28136-0002", Station));

        Assert.Equal("v3", (await HandleAsync()).VersionId);
    }

    [Fact]
    public async Task An_unknown_station_fails_with_its_name_and_a_later_attempt_finds_it()
    {
        world.HasStation = false;
        var unknown = await Assert.ThrowsAsync<UnknownStationException>(() => HandleAsync());
        Assert.Equal($"There is no {Key} in the open data bucket open-data.", unknown.Message);

        world.HasStation = true;
        Assert.Equal("v1", (await HandleAsync()).VersionId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("XIW0000001")]
    [InlineData("xiw00000001")]
    [InlineData("../XIW00001")]
    [InlineData("XIW00000001/../../../secret")]
    public async Task A_station_that_is_none_is_refused_and_can_be_seen(string? station)
    {
        await Assert.ThrowsAsync<InvalidRequestException>(() => HandleAsync(new ImportRequest(Id, station)));
        Assert.Empty(world.Versions);
        var record = await imports.FindAsync(Id, default);
        Assert.Equal(ImportState.Accepted, record!.State);
        Assert.InRange(record.Station.Length, 0, 12);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    public async Task An_event_without_an_import_id_is_refused(string? id)
    {
        await Assert.ThrowsAsync<InvalidRequestException>(() => HandleAsync(new ImportRequest(id, Station)));
        Assert.Empty(world.Versions);
    }

    [Fact]
    public async Task An_import_id_has_at_most_128_characters()
    {
        await HandleAsync(new ImportRequest(new string('a', 128), Station));
        await Assert.ThrowsAsync<InvalidRequestException>(
            () => HandleAsync(new ImportRequest(new string('a', 129), Station)));
    }

    [Fact]
    public async Task An_invocation_past_its_deadline_ends_without_doing_anything()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Function().Handle(new ImportRequest(Id, Station), new Invocation(TimeSpan.FromSeconds(1))));
        Assert.Null(await imports.FindAsync(Id, default));
        Assert.Empty(world.Versions);
    }

    private Task<Imported> HandleAsync(ImportRequest? request = null) =>
        Function().Handle(request ?? new ImportRequest(Id, Station), new Invocation());

    private Function Function() => new(new StationCopy(imports, world, "landing"));
}
