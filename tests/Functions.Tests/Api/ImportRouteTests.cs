using Isobar.Api;
using Isobar.Functions.Tests.Jobs;
using Isobar.Imports;

namespace Isobar.Functions.Tests.Api;

public sealed class ImportRouteTests : IAsyncLifetime
{
    private const string Id = "0f8fad5b-d9cb-469f-a165-70867728950e";

    private TableOnPortZero server = null!;
    private ImportsTable imports = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TableOnPortZero.StartAsync("Imports", "importId");
        imports = new ImportsTable(server.Client, "Imports", TableOnPortZero.Retention);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task An_import_is_not_there_before_it_is_taken_up_and_the_answer_says_when_to_ask_again()
    {
        var answer = await GetAsync(Id);
        Calls.AssertProblem(answer, 404, "Not Found");
        Assert.Equal("1", answer.Headers["Retry-After"]);
    }

    [Fact]
    public async Task An_import_shows_its_state_and_its_job_once_it_has_landed()
    {
        await imports.AcceptAsync(Id, "USW00094728", default);
        Assert.Equal($$"""{"importId":"{{Id}}","station":"USW00094728","state":"accepted"}""",
            Calls.AssertAnswer(await GetAsync(Id), 200).ToJsonString());
        await imports.CopyAsync(Id, default);
        Assert.Equal("copying", (string?)Calls.AssertAnswer(await GetAsync(Id), 200)["state"]);
        await imports.LandAsync(Id, new LandedFile("j", "csv/by_station/USW00094728.csv", "v1"), default);

        var landed = Calls.AssertAnswer(await GetAsync(Id), 200);
        Assert.Equal(
            ("landed", "j", "csv/by_station/USW00094728.csv", "v1"),
            ((string?)landed["state"], (string?)landed["job"], (string?)landed["key"], (string?)landed["versionId"]));
    }

    [Fact]
    public async Task A_failed_import_shows_the_reason_and_not_its_event()
    {
        await imports.FailAsync(new ImportFailure(Id, "USW00094728", "no such station", "{}"), default);
        Assert.Equal(
            $$"""{"importId":"{{Id}}","station":"USW00094728","state":"failed","reason":"no such station"}""",
            Calls.AssertAnswer(await GetAsync(Id), 200).ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("JKJaXmPLvHcESH=")]
    [InlineData("JKJaXmPLvHcESHA/")]
    [InlineData("../jobs")]
    public async Task What_can_be_no_id_is_not_looked_up(string id)
    {
        var answer = await GetAsync(id);
        Calls.AssertProblem(answer, 404, "Not Found");
        Assert.False(answer.Headers.ContainsKey("Retry-After"));
    }

    private Task<Amazon.Lambda.APIGatewayEvents.APIGatewayProxyResponse> GetAsync(string id) =>
        new GetImportRoute(imports, Calls.Responses).GetImport(id, Calls.Request(), new Invocation());
}
