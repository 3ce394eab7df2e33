using System.Net;
using Isobar.Local.Testing;

namespace Isobar.Stories.OwnProject;

/// <summary>The fixture without a test framework's help.</summary>
public sealed class FixtureStories : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("isobar fixture ");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task It_says_what_the_stack_is_called_and_what_its_function_wrote()
    {
        await using var host = await LocalHostFixture.StartAsync(Template(), new LocalHostSettings
        {
            StackName = "shop",
            Region = "eu-central-1",
            Parameters = new Dictionary<string, string> { ["Word"] = "given" },
        });
        using var lambda = new HttpClient();

        var answer = await lambda.SendAsync(Invocation(host, """{"do":"log","text":"a line"}"""));

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        Assert.StartsWith("shop-EchoFunction-", host.PhysicalId("EchoFunction"), StringComparison.Ordinal);
        Assert.Equal("given in eu-central-1", host.Outputs["Said"]);
        Assert.Equal(host.ServiceUrl, host.EnvironmentVariables["AWS_ENDPOINT_URL"]);
        await host.WaitForQuietAsync();
        Assert.Contains(host.LogsOf("EchoFunction"), line => line.Contains("a line", StringComparison.Ordinal));
        Assert.Equal(host.LogsOf("EchoFunction"), host.LogsOf(host.PhysicalId("EchoFunction")));
    }

    [Fact]
    public async Task A_path_of_the_API_that_SAM_makes_reaches_the_function()
    {
        await using var host = await LocalHostFixture.StartAsync(Template(
            more: ", Events: {Hello: {Type: Api, Properties: {Path: '/hello/{name}', Method: get}}}",
            outputs: "Api: {Value: !Sub 'https://${ServerlessRestApi}.execute-api.us-east-1.amazonaws.com/Prod/'}"));
        using var client = new HttpClient();

        var answer = await client.GetAsync(new Uri(host.StageUrl(host.Outputs["Api"]), "hello/Ada"));
        var other = await client.GetAsync(new Uri(host.StageUrl(host.Outputs["Api"]), "nowhere"));

        // The Probe gives the event back, which is no answer that a gateway takes.
        Assert.Equal(
            (HttpStatusCode.BadGateway, HttpStatusCode.Forbidden), (answer.StatusCode, other.StatusCode));
        await host.WaitForQuietAsync();
        Assert.Single(host.LogsOf("EchoFunction"), line => line.Contains("REPORT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_clock_moves_only_forward_and_takes_the_timers_along()
    {
        await using var host = await LocalHostFixture.StartAsync(Template());
        var before = host.Now;

        await host.AdvanceAsync(TimeSpan.FromDays(3));

        Assert.InRange(host.Now - before, TimeSpan.FromDays(3), TimeSpan.FromDays(3) + TimeSpan.FromMinutes(5));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.AdvanceAsync(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public async Task A_resource_that_is_not_there_is_an_error_that_lists_those_that_are()
    {
        await using var host = await LocalHostFixture.StartAsync(Template());

        var error = Assert.Throws<KeyNotFoundException>(() => host.PhysicalId("EchoFuntion"));

        Assert.Equal(
            "The stack has no resource EchoFuntion. It has EchoFunction, EchoFunctionRole.", error.Message);
    }

    [Fact]
    public async Task What_is_asked_for_before_the_start_or_after_the_end_is_an_error_in_words()
    {
        var host = new LocalHostFixture(Template());
        Assert.Contains("IAsyncLifetime",
            Assert.Throws<InvalidOperationException>(() => host.ServiceUrl).Message, StringComparison.Ordinal);

        await host.InitializeAsync();
        await host.DisposeAsync();
        await host.DisposeAsync();

        Assert.Throws<InvalidOperationException>(() => host.ServiceUrl);
    }

    [Fact]
    public async Task A_template_that_is_not_there_or_not_supported_is_an_error_in_words()
    {
        var missing = await Assert.ThrowsAsync<FileNotFoundException>(() => LocalHostFixture.StartAsync("no.yaml"));
        Assert.StartsWith("There is no no.yaml in ", missing.Message, StringComparison.Ordinal);

        var template = Template(resources: "\n  Vault: {Type: AWS::Backup::BackupVault}");
        var unsupported = await Assert.ThrowsAnyAsync<Exception>(() => LocalHostFixture.StartAsync(template));
        Assert.Contains(
            "Vault: resource type AWS::Backup::BackupVault is not supported", unsupported.Message,
            StringComparison.Ordinal);
    }

    private static HttpRequestMessage Invocation(LocalHostFixture host, string payload)
    {
        var request = new HttpRequestMessage(
            HttpMethod.Post,
            $"{host.ServiceUrl}/2015-03-31/functions/{host.PhysicalId("EchoFunction")}/invocations")
        {
            Content = new StringContent(payload),
        };
        request.Headers.TryAddWithoutValidation("Authorization",
            $"AWS4-HMAC-SHA256 Credential={host.AccessKey}/20260112/{host.Region}/lambda/aws4_request, "
            + "SignedHeaders=host, Signature=0");
        return request;
    }

    private string Template(string more = "", string resources = "", string outputs = "")
    {
        var file = Path.Combine(folder.FullName, "template.yaml");
        File.WriteAllText(file, $$"""
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Word: {Type: String, Default: none}
            Resources:
              EchoFunction:
                Type: AWS::Serverless::Function
                Properties:
                  {CodeUri: {{Repository.In("tests", "Probe")}}, Handler: Probe, Runtime: dotnet10{{more}}}{{resources}}
            Outputs:
              Said: {Value: !Sub "${Word} in ${AWS::Region}"}
              {{outputs}}
            """);
        return file;
    }
}
