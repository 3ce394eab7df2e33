using Isobar.Stories.Application;

namespace Isobar.Stories.Api;

[Collection(OneStack.Name)]
[Concept("Asynchronous API: a non-proxy integration with X-Amz-Invocation-Type", "Api", "ImportFunction")]
public sealed class ImportStories(StackFixture stack)
{
    /// <summary>
    /// Not on LocalStack, whose extended request ids have 8 characters, fewer than the API takes for an import's id,
    /// and are others in the header.
    /// </summary>
    [Fact]
    [Claim("T4")]
    [Targets(Target.Local, Target.Aws)]
    public async Task An_import_is_answered_at_once_and_can_be_followed_to_its_job()
    {
        using var api = stack.Api();
        var station = Imports.NewStation();
        await new Imports(stack.Stack).SeedAsync(station, "XIW00000001.csv");

        var answer = await api.PostAsync("imports", $$"""{"station":"{{station}}"}""", stack.Bearer());
        var id = (string)answer.Expect(202)["importId"]!;
        Assert.Equal(answer.Headers["x-amz-apigw-id"], id);

        var import = (await stack.UntilAsync(
            () => api.GetAsync($"imports/{id}"),
            answer => answer.Status == 200 && (string?)answer.Expect(200)["state"] == "landed")).Expect(200);
        Assert.Equal((station, Imports.KeyOf(station)), ((string?)import["station"], (string?)import["key"]));
        var job = (await stack.UntilAsync(
            () => api.GetAsync($"jobs/{(string)import["job"]!}"),
            answer => answer.Status == 200 && (string?)answer.Expect(200)["state"] != "running")).Expect(200);
        Assert.Equal("finished", (string?)job["state"]);
    }

    [Fact]
    [Targets(Target.Local, Target.LocalStack, Target.Aws)]
    public async Task An_import_that_nobody_asked_for_is_not_there()
    {
        using var api = stack.Api();
        var answer = await api.GetAsync($"imports/{Guid.NewGuid()}");
        answer.ExpectProblem(404);
        Assert.Equal("1", answer.Headers["Retry-After"]);
    }
}
