using System.Text.Json;
using Isobar.Imports;
using Isobar.Remediate;

namespace Isobar.Functions.Tests.Remediate;

public sealed class FunctionTests : IAsyncLifetime, IImportInvoker
{
    private const string Id = "6bc28136-0001";
    private const string Event = """{"importId":"6bc28136-0001","station":"XIW00000001"}""";

    private readonly List<string> sent = [];
    private TableOnPortZero table = null!;
    private ImportsTable imports = null!;

    public async ValueTask InitializeAsync()
    {
        table = await TableOnPortZero.StartAsync("Imports", "importId");
        imports = new ImportsTable(table.Client, "Imports", TableOnPortZero.Retention);
    }

    public ValueTask DisposeAsync() => table.DisposeAsync();

    [Fact]
    public async Task A_failed_import_keeps_its_event_and_the_reason()
    {
        await imports.AcceptAsync(Id, "XIW00000001", default);
        Assert.Equal(new Remedy(Id, "recorded"), await HandleAsync(Failure()));
        var record = await imports.FindAsync(Id, default);
        Assert.Equal(
            new ImportRecord(Id, "XIW00000001", ImportState.Failed, null, "no such file", Event), record);
    }

    [Fact]
    public async Task A_failure_that_comes_after_the_import_landed_changes_nothing()
    {
        await imports.AcceptAsync(Id, "XIW00000001", default);
        await imports.CopyAsync(Id, default);
        var landed = await imports.LandAsync(Id, new LandedFile("job", "key", "v1"), default);
        Assert.Equal(new Remedy(Id, "landed-before"), await HandleAsync(Failure()));
        Assert.Equal(landed, await imports.FindAsync(Id, default));
    }

    [Fact]
    public async Task An_event_that_never_ran_has_Lambdas_own_word_for_a_reason()
    {
        await HandleAsync(Failure() with
        {
            RequestContext = new("EventAgeExceeded"), ResponsePayload = null,
        });
        Assert.Equal("EventAgeExceeded", (await imports.FindAsync(Id, default))!.Reason);
    }

    [Fact]
    public async Task A_reason_has_at_most_1000_characters()
    {
        await HandleAsync(Failure() with { ResponsePayload = new FunctionError(new string('x', 1_001)) });
        Assert.Equal(new string('x', 1_000) + "…", (await imports.FindAsync(Id, default))!.Reason);
    }

    [Fact]
    public async Task A_failed_import_is_sent_again_as_it_came()
    {
        await HandleAsync(Failure());
        Assert.Equal(new Remedy(Id, "resent"), await HandleAsync(Resend(Id)));
        Assert.Equal([Event], sent);
        // The import goes on when Import takes it up, not before.
        Assert.Equal(ImportState.Failed, (await imports.FindAsync(Id, default))!.State);
    }

    [Fact]
    public async Task Only_a_failed_import_is_sent_again()
    {
        await Assert.ThrowsAsync<ImportMissingException>(() => HandleAsync(Resend("never")));

        await HandleAsync(Failure());
        await imports.CopyAsync(Id, default);
        Assert.Equal(new Remedy(Id, "not-failed"), await HandleAsync(Resend(Id)));
        await imports.LandAsync(Id, new LandedFile("job", "key", "v1"), default);
        Assert.Equal(new Remedy(Id, "not-failed"), await HandleAsync(Resend(Id)));
        Assert.Empty(sent);
    }

    [Fact]
    public async Task An_event_that_is_neither_fails()
    {
        await AssertRefusedAsync(new RemediateEvent(null, null, default, null));
        await AssertRefusedAsync(Failure() with { RequestContext = new("Success") });
        await AssertRefusedAsync(Failure() with { RequestPayload = JsonElement.Parse("[]") });
        await AssertRefusedAsync(Failure() with { RequestPayload = JsonElement.Parse("{}") });
    }

    [Fact]
    public async Task An_event_of_more_than_4096_characters_is_not_kept()
    {
        var longest = Padded(RemediateEvent.MaxEventLength);
        Assert.Equal("recorded", (await HandleAsync(Failure() with { RequestPayload = longest })).Action);
        await AssertRefusedAsync(Failure() with { RequestPayload = Padded(RemediateEvent.MaxEventLength + 1) });
    }

    Task IImportInvoker.InvokeAsync(string payload, CancellationToken cancellationToken)
    {
        sent.Add(payload);
        return Task.CompletedTask;
    }

    private static JsonElement Padded(int length) =>
        JsonElement.Parse(Event[..^1] + ",\"x\":\"" + new string('x', length - Event.Length - 7) + "\"}");

    private static RemediateEvent Failure() => new(
        null, new("RetriesExhausted"), JsonElement.Parse(Event), new FunctionError("no such file"));

    private static RemediateEvent Resend(string id) => new(id, null, default, null);

    private Task AssertRefusedAsync(RemediateEvent input) =>
        Assert.ThrowsAsync<InvalidDataException>(() => HandleAsync(input));

    private Task<Remedy> HandleAsync(RemediateEvent input) =>
        new Function(new Remediation(imports, this), null!).Handle(input, new Invocation());
}
