using System.Net;

namespace Isobar.Stories.OwnProject;

/// <summary>The host as a container.</summary>
public sealed class ContainerStories
{
    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_container_runs_a_stack_as_nobody_in_particular_and_answers_loopback_names_only()
    {
        var project = Directory.CreateTempSubdirectory("isobar-project-");
        await using var container = new HostImage();
        try
        {
            Write(project);
            await container.StartAsync(project.FullName);

            var health = await container.HealthAsync();
            Assert.True(health == "healthy", $"{health}\n{await container.LogsAsync()}");
            Assert.Equal("10001", (await container.InsideAsync("id", "-u")).Trim());
            Assert.Contains("it listens on all addresses", await container.LogsAsync(), StringComparison.Ordinal);
            using var client = new HttpClient();
            using var invoked = await client.SendAsync(Invocation(container.Address, container.Address.Authority));
            Assert.Equal("""{"hello":1}""", await invoked.Content.ReadAsStringAsync());
            using var refused = await client.SendAsync(Invocation(container.Address, "attacker.example"));
            Assert.Equal(HttpStatusCode.MisdirectedRequest, refused.StatusCode);
        }
        finally
        {
            project.Delete(recursive: true);
        }
    }

    private static HttpRequestMessage Invocation(Uri address, string host)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(address, "/2015-03-31/functions/echo/invocations"))
        {
            Content = new StringContent("""{"hello":1}"""),
        };
        request.Headers.Host = host;
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=local/20260112/us-east-1/lambda/aws4_request, SignedHeaders=host, "
            + "Signature=0");
        return request;
    }

    // What publishing leaves: a folder without a project. Anybody may read it, because the container's user is another.
    private static void Write(DirectoryInfo project)
    {
        var code = project.CreateSubdirectory("code");
        var output = Repository.In("artifacts", "bin", "Probe", Repository.Configuration.ToLowerInvariant());
        foreach (var file in Directory.GetFiles(output))
            File.Copy(file, Path.Combine(code.FullName, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(project.FullName, "template.yaml"), """
            Transform: AWS::Serverless-2016-10-31
            Resources:
              EchoFunction:
                Type: AWS::Serverless::Function
                Properties: {FunctionName: echo, CodeUri: code, Handler: Probe, Runtime: dotnet10}
            """);
        if (OperatingSystem.IsWindows()) return;
        foreach (var folder in (DirectoryInfo[])[project, code])
            folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    }
}
