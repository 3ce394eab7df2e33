using System.Text;
using System.Text.Json.Nodes;
using Isobar.Local;
using Isobar.Local.Lambda.Control;
using Isobar.Local.Wire;
using Isobar.Stories.Costs;

namespace Isobar.Stories.Platform;

/// <summary>A host of its own with a stack around the Probe; it is asked through its one door.</summary>
internal sealed class ProbeStack : IAsyncDisposable
{
    private static readonly TimeSpan ReceiveBound = TimeSpan.FromSeconds(20);

    private readonly string folder;
    private readonly HttpClient http;

    private ProbeStack(LocalHost host, DeployedStack stack, string folder)
    {
        (Host, Stack, this.folder) = (host, stack, folder);
        http = new HttpClient { BaseAddress = host.Address };
    }

    public LocalHost Host { get; }

    public DeployedStack Stack { get; }

    /// <param name="resources">The template's, indented by two spaces.</param>
    /// <param name="root">Where the build's output is; null for that of this checkout.</param>
    /// <param name="limits">Of the account; null for AWS's own.</param>
    /// <param name="gate">Is asked about every call; null to allow all.</param>
    /// <param name="clients">Where runtime clients of other languages are; null where none is needed.</param>
    public static async Task<ProbeStack> StartAsync(
        string resources, string? root = null, AccountLimits? limits = null, IRequestGate? gate = null,
        string? clients = null)
    {
        var folder = Directory.CreateTempSubdirectory("isobar-probe-stack-").FullName;
        var template = Path.Combine(folder, "template.yaml");
        await File.WriteAllTextAsync(template, "Transform: AWS::Serverless-2016-10-31\nResources:\n" + resources);
        var host = StoryReceipts.Follow(await LocalHost.StartAsync(
            new LocalHostOptions
            {
                TemplateFile = template,
                Port = 0,
                RepositoryRoot = root ?? Repository.Root,
                Configuration = Repository.Configuration,
                DataDirectory = Path.Combine(folder, "data"),
                Account = limits ?? new AccountLimits(),
                Gate = gate,
                Languages = Program.FindLanguages(clients),
            },
            CancellationToken.None));
        var stack = await DeployedStack.FindAsync(host.Address, host.Options.Region, host.Options.StackName);
        return new ProbeStack(host, stack, folder);
    }

    /// <summary>Invokes the function and returns the request id and the answer.</summary>
    public async Task<(string RequestId, string Answer)> InvokeAsync(string logicalId, string payload, string type)
    {
        using var answer = await Stack.Calls.InvokeAsync(Stack.NameOf(logicalId), payload, type);
        return (answer.Headers.GetValues("x-amzn-RequestId").Single(), await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Lets service time pass, an ISO 8601 duration, and what it brings happen.</summary>
    public async Task PassAsync(string duration)
    {
        using var content = new StringContent(
            new JsonObject { ["by"] = duration }.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/_isobar/clock/advance", content);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Receives a message with everything it has, and deletes it; null when there is none.</summary>
    public async Task<JsonNode?> ReceiveAsync(string queue)
    {
        var received = await Stack.Calls.SqsAsync("ReceiveMessage", new JsonObject
        {
            ["QueueUrl"] = Stack.NameOf(queue),
            ["MessageAttributeNames"] = new JsonArray("All"),
            ["MessageSystemAttributeNames"] = new JsonArray("All"),
        });
        if (received["Messages"]?.AsArray() is not [{ } message]) return null;
        await Stack.Calls.SqsAsync("DeleteMessage", new JsonObject
        {
            ["QueueUrl"] = Stack.NameOf(queue),
            ["ReceiptHandle"] = (string)message["ReceiptHandle"]!,
        });
        return message;
    }

    /// <summary>Waits until nothing is under way.</summary>
    public async Task QuietAsync() =>
        Assert.True(await Host.Activity.WaitForQuietAsync(ReceiveBound, default), Host.Journal.Tail(60));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        Stack.Dispose();
        await Host.DisposeAsync();
        StoryReceipts.Leave(Host);
        Directory.Delete(folder, recursive: true);
    }
}
