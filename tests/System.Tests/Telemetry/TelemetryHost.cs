using System.Diagnostics;
using System.Net.Http.Headers;
using Amazon.Runtime;
using Amazon.S3;
using Isobar.Local;
using Isobar.Local.Lambda.Environments;
using Isobar.Local.Lambda.Processes;

namespace Isobar.Stories.Telemetry;

/// <summary>The real host with the Probe as a function, and the telemetry extension in a layer of it.</summary>
internal sealed class TelemetryHost : IAsyncDisposable
{
    public const string Bucket = "isobar-telemetry";

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo folder;
    private readonly HttpClient client;
    private readonly AmazonS3Client s3;
    private readonly LivingEnvironments environments;

    private TelemetryHost(DirectoryInfo folder, LocalHost host)
    {
        this.folder = folder;
        Host = host;
        environments = new LivingEnvironments(host.Journal);
        client = new HttpClient { BaseAddress = host.Address };
        s3 = new AmazonS3Client(new BasicAWSCredentials("stories", "stories"), new AmazonS3Config
        {
            ServiceURL = host.Address.GetLeftPart(UriPartial.Authority),
            AuthenticationRegion = host.Options.Region,
            UseHttp = true,
        });
    }

    public LocalHost Host { get; }

    /// <param name="s3Endpoint">Where the extension finds the object store; null for the host itself.</param>
    /// <param name="variables">Of the function, beside the bucket.</param>
    public static async Task<TelemetryHost> StartAsync(
        string root, string configuration, Uri? s3Endpoint = null, params (string Name, string Value)[] variables)
    {
        var folder = Directory.CreateTempSubdirectory("isobar-telemetry-");
        var template = Path.Combine(folder.FullName, "template.yaml");
        if (s3Endpoint is not null)
            variables = [.. variables, ("AWS_ENDPOINT_URL_S3", s3Endpoint.GetLeftPart(UriPartial.Authority))];
        var more = string.Concat(variables.Select(variable => $", {variable.Name}: '{variable.Value}'"));
        await File.WriteAllTextAsync(template, $$"""
            AWSTemplateFormatVersion: '2010-09-09'
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Lines:
                Type: AWS::S3::Bucket
                Properties: {BucketName: {{Bucket}}}
              TelemetryLayer:
                Type: AWS::Serverless::LayerVersion
                Metadata: {BuildMethod: makefile}
                Properties:
                  LayerName: telemetry
                  ContentUri: extensions/telemetry
                  CompatibleRuntimes: [dotnet10]
              Probe:
                Type: AWS::Serverless::Function
                Properties:
                  FunctionName: probe
                  Runtime: dotnet10
                  Handler: Probe
                  CodeUri: functions/Probe
                  MemorySize: 512
                  Timeout: 30
                  Layers: [!Ref TelemetryLayer]
                  Environment:
                    Variables: {TELEMETRY_BUCKET: !Ref Lines{{more}}}
            """);
        return new TelemetryHost(folder, await LocalHost.StartAsync(new LocalHostOptions
        {
            TemplateFile = template,
            Port = 0,
            RepositoryRoot = root,
            Configuration = configuration,
            DataDirectory = Path.Combine(folder.FullName, "data"),

            // In a network of its own the extension could reach the host's endpoint and nothing else.
            Isolation = variables.All(variable => !variable.Value.StartsWith("http", StringComparison.Ordinal))
                ? IsolationChoice.Auto
                : IsolationChoice.Plain,
        }, CancellationToken.None));
    }

    /// <returns>Whether the function ended well.</returns>
    public async Task<bool> InvokeAsync(string payload)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/2015-03-31/functions/probe/invocations")
        {
            Content = new StringContent(payload),
        };
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=stories/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, "
            + "Signature=0");
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var answer = await client.SendAsync(request);
        if ((int)answer.StatusCode != 200)
            throw new InvalidOperationException($"{answer.StatusCode}\n{Host.Journal.Tail(60)}");
        return !answer.Headers.Contains("X-Amz-Function-Error");
    }

    /// <summary>Invokes once, and finds the extension of the environment that was started for it.</summary>
    public async Task<Process> WarmUpAsync()
    {
        await InvokeAsync("{}");
        var extension = await Host.Journal.WaitForAsync<ExtensionStarted>(_ => true, Bound);
        return Process.GetProcessById(extension.ProcessId);
    }

    /// <summary>Lets ten idle minutes pass, and waits until every environment is over.</summary>
    public async Task RetireAllAsync()
    {
        await Host.ClockControl.AdvanceByAsync(TimeSpan.FromMinutes(11), CancellationToken.None);
        await environments.NoneAsync().WaitAsync(Bound);
    }

    /// <summary>Everything that was shipped.</summary>
    public Task<IReadOnlyList<ShippedLine>> ReadAsync() => ShippedLine.ReadAllAsync(s3, Bucket);

    public async ValueTask DisposeAsync()
    {
        s3.Dispose();
        client.Dispose();
        environments.Dispose();
        await Host.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
