using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Isobar.Local.Tokens;
using Testcontainers.LocalStack;

namespace Isobar.Stories;

/// <summary>
/// LocalStack, in a container of its own or one that already runs, with the stack that the SAM command line deploys
/// there or that is there already.
/// </summary>
internal sealed class LocalStackTarget : IDeployedTarget
{
    private const string Region = "us-east-1";
    private const string StackName = "isobar";

    // LocalStack takes any account; this is the one of its own examples.
    private const string AnyKey = "test";

    // Five receives at the template's 12 minutes are an hour that nobody can jump over here.
    private const string ShortVisibilitySeconds = "30";

    // None where it already runs.
    private readonly LocalStackContainer? container;

    // Of this run alone, for a stack that this run deploys; null for one that was there before.
    private readonly ECDsa? key;

    private LocalStackTarget(LocalStackContainer? container, DeployedStack stack, ECDsa? key) =>
        (this.container, Stack, this.key) = (container, stack, key);

    public DeployedStack Stack { get; }

    public TokenIssuer Tokens => key is null ? UserTokens.For(Stack) : new TokenIssuer(key);

    public int MaxSteps => RealTime.MaxSteps;

    public static Task<LocalStackTarget> DeployAsync()
    {
        var machine = Machine.Look();
        return machine.LocalStackEndpoint is { } endpoint
            ? AttachAsync(endpoint, machine.StackName)
            : StartAsync();
    }

    private static async Task<LocalStackTarget> AttachAsync(Uri endpoint, string? deployed)
    {
        var place = Place(endpoint);
        if (deployed is not null) return new LocalStackTarget(null, await FindAsync(place, deployed), null);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new LocalStackTarget(null, await DeployAsync(place, key), key);
    }

    private static async Task<LocalStackTarget> StartAsync()
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
            var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            return new LocalStackTarget(
                container, await DeployAsync(Place(new Uri(container.GetConnectionString())), key), key);
        }
        catch (Exception e)
        {
            throw await FailedStart.EndAsync(
                Requirements.LocalStackImage(token), e, () => LogOfAsync(container),
                () => container.DisposeAsync().AsTask());
        }
    }

    private static AwsPlace Place(Uri endpoint) =>
        new(Numeric(endpoint), Region, new BasicAWSCredentials(AnyKey, AnyKey));

    private static async Task<DeployedStack> DeployAsync(AwsPlace place, ECDsa key)
    {
        await SamCommand.DeployAsync(
            place.Of("cloudformation"), Region, AnyKey, new TokenIssuer(key).PublicKeys);
        return await FindAsync(place, StackName);
    }

    private static async Task<DeployedStack> FindAsync(AwsPlace place, string name)
    {
        var stack = await DeployedStack.FindAsync(place, name);
        await ShortenAsync(stack);
        await OpenData.CreateAsync(stack);
        return stack;
    }

    private static async Task<string> LogOfAsync(LocalStackContainer container)
    {
        var (output, errors) = await container.GetLogsAsync();
        return string.Join('\n', (output + errors).Split('\n').TakeLast(60));
    }

    public Task ComeToRestAsync() => Task.CompletedTask;

    public Task LetTimePassAsync(bool byTheMinute) => RealTime.LetPassAsync();

    public string Tail() => container is null
        ? "LocalStack's own log tells more."
        : LogOfAsync(container).GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        Stack.Dispose();
        key?.Dispose();
        if (container is not null) await container.DisposeAsync();
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
