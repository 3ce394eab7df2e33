using Isobar.Imports;

namespace Isobar.Functions.Tests.Imports;

public sealed class ImportsTableTests : IAsyncLifetime
{
    private const string Id = "6bc28136-0001";
    private const string Station = "XIW00000001";

    private static readonly LandedFile File = new("job", "csv/by_station/XIW00000001.csv", "v1");
    private static readonly ImportFailure Failure = new(Id, Station, "no such file", """{"importId":"6"}""");

    private TableOnPortZero table = null!;
    private ImportsTable imports = null!;

    public async ValueTask InitializeAsync()
    {
        table = await TableOnPortZero.StartAsync("Imports", "importId");
        imports = new ImportsTable(table.Client, "Imports", TableOnPortZero.Retention);
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task An_import_that_was_never_accepted_has_no_record()
    {
        Assert.Null(await imports.FindAsync(Id, default));
        await Assert.ThrowsAsync<ImportMissingException>(() => imports.CopyAsync(Id, default));
        await Assert.ThrowsAsync<ImportMissingException>(() => imports.LandAsync(Id, File, default));
        Assert.Null(await imports.FindAsync(Id, default));
    }

    [Fact]
    public async Task An_import_goes_from_accepted_over_copying_to_landed()
    {
        var accepted = new ImportRecord(Id, Station, ImportState.Accepted, null, null, null);
        Assert.Equal(accepted, await imports.AcceptAsync(Id, Station, default));
        Assert.Equal(accepted, await imports.FindAsync(Id, default));

        var copying = accepted with { State = ImportState.Copying };
        Assert.Equal(copying, await imports.CopyAsync(Id, default));

        var landed = copying with { State = ImportState.Landed, Landed = File };
        Assert.Equal(landed, await imports.LandAsync(Id, File, default));
        Assert.Equal(landed, await imports.FindAsync(Id, default));
    }

    [Fact]
    public async Task Accepting_again_changes_nothing_and_tells_how_far_it_got()
    {
        await CopyingAsync();
        var again = await imports.AcceptAsync(Id, "XIW00000002", default);
        Assert.Equal((Station, ImportState.Copying), (again.Station, again.State));
    }

    [Fact]
    public async Task Nothing_takes_landed_back()
    {
        await CopyingAsync();
        var landed = await imports.LandAsync(Id, File, default);

        Assert.False(await imports.FailAsync(Failure, default));
        Assert.Equal(landed, await imports.CopyAsync(Id, default));
        Assert.Equal(landed, await imports.LandAsync(Id, File with { Job = "other", VersionId = "v2" }, default));
        Assert.Equal(landed, await imports.FindAsync(Id, default));
    }

    [Fact]
    public async Task An_import_that_is_not_copying_does_not_land()
    {
        await imports.AcceptAsync(Id, Station, default);
        await Assert.ThrowsAsync<ImportNotCopyingException>(() => imports.LandAsync(Id, File, default));

        await imports.FailAsync(Failure, default);
        var refused = await Assert.ThrowsAsync<ImportNotCopyingException>(() => imports.LandAsync(Id, File, default));
        Assert.Equal($"Import {Id} is Failed, not Copying.", refused.Message);
    }

    [Fact]
    public async Task A_failed_import_keeps_its_event_and_can_be_copied_after_all()
    {
        await CopyingAsync();
        Assert.True(await imports.FailAsync(Failure, default));
        var failed = await imports.FindAsync(Id, default);
        Assert.Equal(
            new ImportRecord(Id, Station, ImportState.Failed, null, Failure.Reason, Failure.Event), failed);

        var copying = await imports.CopyAsync(Id, default);
        Assert.Equal(failed! with { State = ImportState.Copying, Reason = null }, copying);
        Assert.Equal(ImportState.Landed, (await imports.LandAsync(Id, File, default)).State);
    }

    [Fact]
    public async Task A_failure_that_is_told_late_interrupts_an_attempt_and_the_next_one_lands()
    {
        await CopyingAsync();
        Assert.True(await imports.FailAsync(Failure, default));
        await imports.CopyAsync(Id, default);
        Assert.True(await imports.FailAsync(Failure, default));
        await Assert.ThrowsAsync<ImportNotCopyingException>(() => imports.LandAsync(Id, File, default));

        await imports.CopyAsync(Id, default);
        Assert.Equal(File, (await imports.LandAsync(Id, File, default)).Landed);
    }

    [Fact]
    public async Task An_import_that_failed_before_it_was_accepted_is_recorded_as_failed()
    {
        Assert.True(await imports.FailAsync(Failure, default));
        Assert.Equal(ImportState.Failed, (await imports.AcceptAsync(Id, Station, default)).State);
    }

    private async Task CopyingAsync()
    {
        await imports.AcceptAsync(Id, Station, default);
        await imports.CopyAsync(Id, default);
    }
}
