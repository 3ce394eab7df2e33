using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Isobar.Benchmarks.ColdStarts;
using Isobar.Local;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Benchmarks.Extensions;

/// <summary>The local host with a function for each subject and share of the processor.</summary>
internal sealed class ExtensionHost : IAsyncDisposable
{
    // Longer than the ten minutes for which an environment stays idle.
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(11);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    // Less than JIT-compiled processes need would end them, so the memory is never below this; the share is its own.
    private const int LeastMemoryMb = 512;

    private const string LayerType = "AWS::Serverless::LayerVersion";

    private readonly LocalHost host;
    private readonly HttpClient http;

    private ExtensionHost(LocalHost host)
    {
        this.host = host;
        http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=benchmark/20261130/us-east-1/lambda/aws4_request, SignedHeaders=host, "
            + "Signature=0");
    }

    /// <param name="layers">Where the code is.</param>
    public static async Task<ExtensionHost> StartAsync(
        ExtensionLayers layers, IReadOnlyList<ExtensionSubject> subjects, IReadOnlyList<CpuShare> shares)
    {
        var template = Path.Combine(layers.Root, "template.yaml");
        await File.WriteAllTextAsync(template, Template(subjects, shares));
        return new ExtensionHost(await LocalHost.StartAsync(
            new LocalHostOptions
            {
                TemplateFile = template,
                Port = 0,
                RepositoryRoot = layers.Root,
                Configuration = Checkout.Configuration,
                DataDirectory = Path.Combine(layers.Root, "data"),
            },
            CancellationToken.None));
    }

    /// <summary>Invokes a function and waits until the invocation is over, which may be after its answer.</summary>
    public async Task<ExtensionReport> InvokeAsync(
        ExtensionSubject subject, CpuShare share, CancellationToken cancellationToken)
    {
        var before = host.Journal.LastSequence;
        var called = Stopwatch.StartNew();
        // A line for whoever listens to the function's log.
        using var content = new StringContent(
            """{"do":"log","text":"a line of the function","lines":1}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(
            $"/2015-03-31/functions/{Name(subject, share)}/invocations", content, cancellationToken);
        var waited = called.Elapsed.TotalMilliseconds;
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode || answer.Headers.Contains("X-Amz-Function-Error"))
            throw new InvalidDataException($"{subject.Name}: {text}\n{host.Journal.Tail(40)}");
        var requestId = answer.Headers.GetValues("x-amzn-RequestId").Single();
        var report = await host.Journal.WaitForAsync<LogLineWritten>(
            line => line.Line.Contains("\"platform.report\"", StringComparison.Ordinal)
                && line.Line.Contains(requestId, StringComparison.Ordinal),
            Bound, before, cancellationToken);
        return ExtensionReport.Parse(report.Line, waited);
    }

    /// <summary>Lets all environments reach their end, so that the next invocation is a cold start.</summary>
    public async Task RetireAsync(ExtensionSubject subject, CpuShare share, CancellationToken cancellationToken)
    {
        await host.Activity.WaitForQuietAsync(Bound, cancellationToken);
        var before = host.Journal.LastSequence;
        await host.ClockControl.AdvanceByAsync(IdleTime, cancellationToken);
        await host.Journal.WaitForAsync<EnvironmentEnded>(
            ended => ended.FunctionName == Name(subject, share), Bound, before, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await host.DisposeAsync();
    }

    private static string Name(ExtensionSubject subject, CpuShare share) => string.Create(
        CultureInfo.InvariantCulture, $"{Path.GetFileName(subject.Layer)}-{share.MemoryMb}");

    private static string Template(IReadOnlyList<ExtensionSubject> subjects, IReadOnlyList<CpuShare> shares)
    {
        var text = new StringBuilder("""
            Transform: AWS::Serverless-2016-10-31
            Resources:
              Bucket: {Type: AWS::S3::Bucket}
              Parameter: {Type: AWS::SSM::Parameter, Properties: {Name: /benchmark/one, Type: String, Value: one}}

            """);
        foreach (var subject in subjects)
        {
            var layer = Path.GetFileName(subject.Layer);
            text.Append(CultureInfo.InvariantCulture,
                $"  {layer}Layer: {{Type: {LayerType}, Properties: {{ContentUri: {subject.Layer}}}}}\n");
            foreach (var share in shares) text.Append(Function(subject, layer, share));
        }

        return text.ToString();
    }

    private static string Function(ExtensionSubject subject, string layer, CpuShare share) => string.Create(
        CultureInfo.InvariantCulture, $$"""
          {{layer}}{{share.MemoryMb}}Function:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: {{Name(subject, share)}}
              CodeUri: {{ExtensionLayers.Function}}
              Handler: Probe
              Runtime: dotnet10
              MemorySize: {{Math.Max(share.MemoryMb, LeastMemoryMb)}}
              Timeout: 60
              Layers: [!Ref {{layer}}Layer]
              LoggingConfig: {LogFormat: JSON}
              Environment:
                Variables:
                  AWS_LAMBDA_EXEC_WRAPPER: {{ExtensionLayers.Join}}
                  {{ExtensionLayers.ShareVariable}}: '{{share.Processes}}'
                  {{ExtensionLayers.WrapperVariable}}: '{{subject.Wrapper}}'
                  TELEMETRY_BUCKET: !Ref Bucket
                  PARAMETERS_PREFETCH: /benchmark/one

        """);
}
