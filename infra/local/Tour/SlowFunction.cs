using System.IO.Compression;
using System.Text.Json.Nodes;
using Isobar.Local.Lambda.Control;

namespace Isobar.Local.Tour;

/// <summary>
/// A function that the tour creates by Lambda's API, with a custom runtime in the shell: its init takes 0.3 s, and each
/// call as many seconds as its event says. It answers with the name of its log stream, which is its environment's.
/// </summary>
internal sealed class SlowFunction(LocalHost host, SignedCalls calls)
{
    private const string Name = "tour-slow";
    private const string Alias = "live";

    // The file is executable for everybody: the upper half of the attributes is the mode of Unix.
    private const int ExecutableFile = 0b1_000_000_111_101_101 << 16;

    private const string Bootstrap = """
        #!/usr/bin/env bash
        call() {
          exec 3<>"/dev/tcp/${AWS_LAMBDA_RUNTIME_API%:*}/${AWS_LAMBDA_RUNTIME_API#*:}"
          printf '%s\r\n' "$1 /2018-06-01/runtime/invocation/$2 HTTP/1.0" 'Host: runtime' "Content-Length: ${#3}" '' >&3
          printf '%s' "$3" >&3
          response=$(cat <&3)
          exec 3>&-
        }
        shopt -s nocasematch
        sleep 0.3
        while :; do
          call GET next ''
          [[ $response =~ aws-request-id:\ ([0-9a-f-]+) ]] && id=${BASH_REMATCH[1]}
          sleep "${response##*$'\n'}"
          call POST "$id/response" "\"$AWS_LAMBDA_LOG_STREAM_NAME\""
        done
        """;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static string Scalable => $"function:{Name}:{Alias}";

    /// <summary>Creates it and publishes its first version, to which its alias points.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await calls.LambdaAsync(HttpMethod.Post, "/2015-03-31/functions", new JsonObject
        {
            ["FunctionName"] = Name,
            ["Runtime"] = "provided.al2023",
            ["Handler"] = "none",
            ["Role"] = $"arn:aws:iam::{host.Options.AccountId}:role/{Name}",
            ["Timeout"] = 10,
            ["Publish"] = true,
            ["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(Package()) },
        }, cancellationToken);
        await FunctionAsync(HttpMethod.Post, "2015-03-31", "aliases", new JsonObject
        {
            ["Name"] = Alias, ["FunctionVersion"] = "1",
        }, cancellationToken);
    }

    /// <summary>Reserves executions for it; null for none.</summary>
    public Task<JsonNode> ReserveAsync(int? executions, CancellationToken cancellationToken) => FunctionAsync(
        executions is null ? HttpMethod.Delete : HttpMethod.Put, "2017-10-31", "concurrency",
        executions is { } number ? new JsonObject { ["ReservedConcurrentExecutions"] = number } : null,
        cancellationToken);

    /// <summary>Provisions environments for its alias, and waits until they are ready.</summary>
    public async Task ProvisionAsync(int environments, CancellationToken cancellationToken)
    {
        var before = host.Journal.LastSequence;
        await FunctionAsync(HttpMethod.Put, "2019-09-30", $"provisioned-concurrency?Qualifier={Alias}",
            new JsonObject { ["ProvisionedConcurrentExecutions"] = environments }, cancellationToken);
        await ReadyAsync(before, cancellationToken);
    }

    /// <summary>Waits until what is provisioned is ready.</summary>
    /// <exception cref="TimeoutException">It is not, half a minute later.</exception>
    public Task ReadyAsync(long after, CancellationToken cancellationToken) =>
        host.Journal.WaitForAsync<ProvisionedConcurrencyChanged>(
            fact => fact is { FunctionName: Name, Status: "READY" }, Bound, after, cancellationToken);

    /// <summary>How many environments are to be provisioned.</summary>
    public async Task<int> ProvisionedAsync(CancellationToken cancellationToken) => (int)(await FunctionAsync(
        HttpMethod.Get, "2019-09-30", $"provisioned-concurrency?Qualifier={Alias}", null, cancellationToken))
        ["RequestedProvisionedConcurrentExecutions"]!;

    /// <summary>Calls its alias a number of times at once.</summary>
    /// <param name="seconds">That each of the calls takes.</param>
    public Task<InvokeAnswer[]> CallAsync(int count, string seconds, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, count)
            .Select(_ => calls.InvokeAsync($"{Name}:{Alias}", seconds, cancellationToken)));

    /// <summary>A call of Application Auto Scaling about the provisioned concurrency of its alias.</summary>
    public Task<JsonNode> ScalingAsync(string action, JsonObject members, CancellationToken cancellationToken)
    {
        members["ServiceNamespace"] = "lambda";
        members["ResourceId"] = Scalable;
        members["ScalableDimension"] = "lambda:function:ProvisionedConcurrency";
        return calls.JsonAsync(
            "application-autoscaling", $"AnyScaleFrontendService.{action}", members, cancellationToken);
    }

    /// <summary>Deletes it, with its versions, its alias and its environments.</summary>
    public Task<JsonNode> DeleteAsync(CancellationToken cancellationToken) =>
        calls.LambdaAsync(HttpMethod.Delete, $"/2015-03-31/functions/{Name}", null, cancellationToken);

    private Task<JsonNode> FunctionAsync(
        HttpMethod method, string version, string what, JsonObject? body, CancellationToken cancellationToken) =>
        calls.LambdaAsync(method, $"/{version}/functions/{Name}/{what}", body, cancellationToken);

    private static byte[] Package()
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry("bootstrap");
            entry.ExternalAttributes = ExecutableFile;
            using var writer = new StreamWriter(entry.Open());
            writer.Write(Bootstrap);
        }

        return package.ToArray();
    }
}
