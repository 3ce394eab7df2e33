using System.Text.Json.Nodes;
using Amazon.Runtime;
using Testcontainers.LocalStack;

namespace Isobar.Stories;

/// <summary>LocalStack in a container of its own, with the stack that the SAM command line deploys there.</summary>
internal sealed class LocalStackTarget : IDeployedTarget
{
    private const string Region = "us-east-1";
    private const string StackName = "isobar";

    // LocalStack takes any account; this is the one of its own examples.
    private const string AnyKey = "test";

    // Five receives at the template's 12 minutes are an hour that nobody can jump over here.
    private const string ShortVisibilitySeconds = "30";

    private readonly LocalStackContainer container;

    private LocalStackTarget(LocalStackContainer container, DeployedStack stack) =>
        (this.container, Stack) = (container, stack);

    public DeployedStack Stack { get; }

    public int MaxSteps => RealTime.MaxSteps;

    public static async Task<LocalStackTarget> DeployAsync()
    {
        var token = Environment.GetEnvironmentVariable("LOCALSTACK_AUTH_TOKEN") ?? "";
        var container = new LocalStackBuilder(Requirements.LocalStackImage(token))
            .WithEnvironment("LOCALSTACK_AUTH_TOKEN", token)
            // LocalStack runs each function in a container beside its own.
            .WithBindMount(Machine.DockerSocket, Machine.DockerSocket)
            .Build();
        try
        {
            await container.StartAsync();
            var place = new AwsPlace(
                Numeric(new Uri(container.GetConnectionString())), Region, new BasicAWSCredentials(AnyKey, AnyKey));
            await SamCommand.DeployAsync(place.Of("cloudformation"), Region, AnyKey);
            var stack = await DeployedStack.FindAsync(place, StackName);
            await ShortenAsync(stack);
            return new LocalStackTarget(container, stack);
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    public Task ComeToRestAsync() => Task.CompletedTask;

    public Task LetTimePassAsync() => RealTime.LetPassAsync();

    public string Tail()
    {
        var (output, errors) = container.GetLogsAsync().GetAwaiter().GetResult();
        return string.Join('\n', (output + errors).Split('\n').TakeLast(60));
    }

    public async ValueTask DisposeAsync()
    {
        Stack.Dispose();
        await container.DisposeAsync();
    }

    // With a name the S3 client would put the bucket before it; with a number it keeps the bucket in the path.
    private static Uri Numeric(Uri address) =>
        address.Host == "localhost" ? new UriBuilder(address) { Host = "127.0.0.1" }.Uri : address;

    private static Task ShortenAsync(DeployedStack stack) => stack.Calls.SqsAsync("SetQueueAttributes", new JsonObject
    {
        ["QueueUrl"] = stack.ChunksQueueUrl,
        ["Attributes"] = new JsonObject { ["VisibilityTimeout"] = ShortVisibilitySeconds },
    });
}
