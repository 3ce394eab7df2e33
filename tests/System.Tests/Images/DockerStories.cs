using System.Text.Json.Nodes;

namespace Isobar.Stories.Images;

/// <summary>
/// The image as Docker builds and runs it, with the runtime interface emulator that AWS's base image contains.
/// </summary>
/// <remarks>
/// Source: Lambda developer guide, "Testing container images locally": without AWS_LAMBDA_RUNTIME_API the entry point
/// starts the emulator, which listens on port 8080.
/// </remarks>
public sealed class DockerStories
{
    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task Docker_builds_the_image_and_AWSs_emulator_runs_the_function_in_it()
    {
        await DockerCommand.RequireEngineAsync();
        var folder = Repository.In("images", "ReportImage");
        var made = await DockerCommand.RunAsync(
            "make",
            // Nothing leaves this machine, so this works where a package source lacks the real packages, too.
            new Dictionary<string, string> { ["AllowStandIns"] = "true", ["MSBUILDDISABLENODEREUSE"] = "1" },
            "-C", folder, "image");
        Assert.True(made.Status == 0, made.Output);
        var name = "isobar-report-" + Guid.NewGuid().ToString("N")[..12];
        var built = await DockerCommand.RunAsync("docker", "build", "--platform", "linux/amd64", "-t", name, folder);
        if (built.Status != 0 && DockerCommand.LacksImage(built.Output))
            Assert.Skip("AWS's base image can't be fetched: " + built.Output);
        Assert.True(built.Status == 0, built.Output);
        try
        {
            var answer = await AnswerAsync(name);
            Assert.Equal("InvalidDataException", (string?)answer["errorType"]);
        }
        finally
        {
            await DockerCommand.RunAsync("docker", "rm", "-f", name);
            await DockerCommand.RunAsync("docker", "rmi", "-f", name);
        }
    }

    private static async Task<JsonNode> AnswerAsync(string name)
    {
        string[] variables =
        [
            "ANNOTATIONS_HANDLER=Handle", "STATIONS_TABLE=none", "JOBS_TABLE=none", "SITE_BUCKET=none",
            "STATION_NAMES=/opt/isobar/stations.csv", "RECORD_RETENTION_DAYS=30", "TELEMETRY_BUCKET=none",
            "POWERTOOLS_SERVICE_NAME=report", "POWERTOOLS_METRICS_NAMESPACE=Isobar", "AWS_REGION=us-east-1",
            "AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none",
        ];
        await DockerCommand.SucceedsAsync(
            ["run", "-d", "--name", name, "-p", "127.0.0.1::8080",
                .. variables.SelectMany(variable => (string[])["-e", variable]), name]);
        var port = (await DockerCommand.SucceedsAsync("port", name, "8080")).Trim();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{port}") };
        using var answer = await client.PostAsync(
            "/2015-03-31/functions/function/invocations", new StringContent("{}"));
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
