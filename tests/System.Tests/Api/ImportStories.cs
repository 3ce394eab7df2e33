using Amazon.S3.Model;

namespace Isobar.Stories.Api;

[Collection(OneStack.Name)]
[Concept("Asynchronous API: a non-proxy integration with X-Amz-Invocation-Type", "Api", "ImportFunction")]
public sealed class ImportStories(StackFixture stack)
{
    private const string OpenData = "isobar-open-data";
    private const string Station = "XIW00000001";

    [Fact]
    [Claim("T4")]
    public async Task An_import_is_answered_at_once_and_can_be_followed_to_its_job()
    {
        using var api = stack.Api();
        await stack.Stack.S3.PutBucketAsync(OpenData);
        await stack.Stack.S3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = OpenData,
            Key = $"csv/by_station/{Station}.csv",
            InputStream = File.OpenRead(Path.Combine(Repository.Samples, $"{Station}.csv")),
        });

        var answer = await api.PostAsync("imports", $$"""{"station":"{{Station}}"}""", stack.Bearer());
        var id = (string)answer.Expect(202)["importId"]!;
        Assert.Equal(answer.Headers["x-amz-apigw-id"], id);
        await stack.QuietAsync();

        var import = (await api.GetAsync($"imports/{id}")).Expect(200);
        Assert.Equal(
            ("landed", Station, $"csv/by_station/{Station}.csv"),
            ((string?)import["state"], (string?)import["station"], (string?)import["key"]));
        var job = (await api.GetAsync($"jobs/{(string)import["job"]!}")).Expect(200);
        Assert.Equal("finished", (string?)job["state"]);
    }

    [Fact]
    public async Task An_import_that_nobody_asked_for_is_not_there()
    {
        using var api = stack.Api();
        var answer = await api.GetAsync($"imports/{Guid.NewGuid()}");
        answer.ExpectProblem(404);
        Assert.Equal("1", answer.Headers["Retry-After"]);
    }
}
