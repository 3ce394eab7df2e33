using System.Net;
using System.Text.Json.Nodes;

namespace Isobar.Stories.Api;

[Collection(OneStack.Name)]
[Targets(Target.Local, Target.LocalStack, Target.Aws)]
public sealed class UploadStories(StackFixture stack)
{
    [Fact]
    public async Task A_file_goes_by_a_form_straight_to_the_landing_bucket_and_becomes_a_job()
    {
        using var api = stack.Api();
        var content = await File.ReadAllBytesAsync(Path.Combine(Repository.Samples, "XIW00000001.csv"));
        var upload = await AskAsync(api, "mine.csv", content.Length);
        var key = (string)upload["key"]!;
        Assert.Matches("^uploads/[0-9a-f]{32}/mine[.]csv$", key);

        Assert.Equal((HttpStatusCode.NoContent, ""), await PostAsync(upload, content));

        var listed = await stack.UntilAsync(
            async () => (await api.GetAsync("jobs?limit=1")).Expect(200)["jobs"]!.AsArray().SingleOrDefault(),
            job => (string?)job?["key"] == key && (string?)job["state"] != "running");
        Assert.Equal(("finished", true), ((string?)listed!["state"], (bool)listed["balanced"]!));
    }

    [Fact]
    public async Task A_form_takes_neither_more_bytes_than_were_said_nor_another_key()
    {
        using var api = stack.Api();
        var (status, body) = await PostAsync(await AskAsync(api, "small.csv", 10), new byte[11]);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("EntityTooLarge", body, StringComparison.Ordinal);

        var other = await AskAsync(api, "small.csv", 10);
        other["fields"]!["key"] = "csv/by_station/XIW00000001.csv";
        (status, body) = await PostAsync(other, new byte[10]);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Invalid according to Policy: Policy Condition failed", body, StringComparison.Ordinal);
    }

    private async Task<JsonNode> AskAsync(ApiClient api, string name, long bytes) =>
        (await api.PostAsync("uploads", new JsonObject { ["name"] = name, ["bytes"] = bytes }.ToJsonString(),
            stack.Bearer())).Expect(201);

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(JsonNode upload, byte[] content)
    {
        using var http = new HttpClient();
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in upload["fields"]!.AsObject())
            form.Add(new StringContent((string)value!), $"\"{name}\"");
        form.Add(new ByteArrayContent(content), "file", "file");
        using var answer = await http.PostAsync((string)upload["url"]!, form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
