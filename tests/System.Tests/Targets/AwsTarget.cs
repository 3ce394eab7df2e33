using Isobar.Local.Tokens;

namespace Isobar.Stories;

/// <summary>A stack that was deployed to a sandbox account before, with the credentials of this machine.</summary>
internal sealed class AwsTarget : IDeployedTarget
{
    private AwsTarget(DeployedStack stack) => Stack = stack;

    public DeployedStack Stack { get; }

    public TokenIssuer Tokens => UserTokens.For(Stack);

    public int MaxSteps => RealTime.MaxSteps;

    public static async Task<AwsTarget> FindAsync()
    {
        // As for every client of AWS: an endpoint that stands in for the account.
        var endpoint = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") is { Length: > 0 } url
            ? new Uri(url)
            : null;
        var region = Environment.GetEnvironmentVariable("AWS_REGION") ?? "us-east-1";
        var place = new AwsPlace(endpoint, region, Machine.FindCredentials()!);
        return new AwsTarget(await DeployedStack.FindAsync(place, Environment.GetEnvironmentVariable("ISOBAR_STACK")!));
    }

    public Task ComeToRestAsync() => Task.CompletedTask;

    public Task LetTimePassAsync(bool byTheMinute) => RealTime.LetPassAsync();

    public string Tail() => "The functions' log groups tell more.";

    public ValueTask DisposeAsync()
    {
        Stack.Dispose();
        return ValueTask.CompletedTask;
    }
}
