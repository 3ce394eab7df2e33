using Isobar.Local.Commands;
using Isobar.Local.Services.ApiGateway;

namespace Isobar.Local.Testing;

/// <summary>
/// A host in the process of the tests, on a free port of loopback, with the stack of a SAM template deployed and its
/// functions ready to run. Several can run at once; they share nothing.
/// </summary>
/// <remarks>
/// With xunit v3, derive from it, add <c>IAsyncLifetime</c>, and take it as a class or collection fixture; its members
/// are those that the interface asks for. Without:
/// <c>await using var host = await LocalHostFixture.StartAsync(…)</c>.
/// </remarks>
public class LocalHostFixture : IAsyncDisposable
{
    private readonly string templateFile;
    private readonly LocalHostSettings settings;
    private OwnedFolder? data;
    private LocalHost? host;

    /// <summary>Names the template; the host starts with <see cref="InitializeAsync"/>.</summary>
    /// <param name="templateFile">
    /// An absolute path, or one relative to the nearest folder that has it: the folder of the tests' output, or one
    /// above.
    /// </param>
    /// <param name="settings">Null for the defaults.</param>
    public LocalHostFixture(string templateFile, LocalHostSettings? settings = null) =>
        (this.templateFile, this.settings) = (templateFile, settings ?? new LocalHostSettings());

    /// <summary>The address of all AWS services, for <c>ServiceURL</c> or <c>AWS_ENDPOINT_URL</c>.</summary>
    public string ServiceUrl => Host.Address.GetLeftPart(UriPartial.Authority);

    /// <summary>The stack's Region, for <c>AuthenticationRegion</c> or <c>AWS_REGION</c>.</summary>
    public string Region => settings.Region;

    /// <summary>An access key that acts for the account's root. Signatures are not verified.</summary>
    public string AccessKey => "local";

    /// <summary>The secret key that belongs to it.</summary>
    public string SecretKey => "local";

    /// <summary>The stack's outputs, by name.</summary>
    public IReadOnlyDictionary<string, string> Outputs =>
        Host.Stack.Outputs.ToDictionary(output => output.Key, output => output.Value);

    /// <summary>What any AWS client in another process needs: endpoint, Region and keys.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentVariables => new Dictionary<string, string>
    {
        ["AWS_ENDPOINT_URL"] = ServiceUrl,
        ["AWS_REGION"] = Region,
        ["AWS_DEFAULT_REGION"] = Region,
        ["AWS_ACCESS_KEY_ID"] = AccessKey,
        ["AWS_SECRET_ACCESS_KEY"] = SecretKey,
    };

    /// <summary>Service time, in UTC: real time, and what <see cref="AdvanceAsync"/> added.</summary>
    public DateTimeOffset Now => Host.Clock.GetUtcNow();

    private LocalHost Host => host ?? throw new InvalidOperationException(
        "The host is not running: await InitializeAsync, or take this object as a fixture that has IAsyncLifetime.");

    /// <summary>Starts a host; dispose it at the end of the test.</summary>
    /// <param name="templateFile">As for the constructor.</param>
    /// <param name="settings">Null for the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such template.</exception>
    public static async Task<LocalHostFixture> StartAsync(string templateFile, LocalHostSettings? settings = null)
    {
        var fixture = new LocalHostFixture(templateFile, settings);
        await fixture.InitializeAsync();
        return fixture;
    }

    /// <summary>Starts the host and deploys the template. A test framework calls this.</summary>
    /// <exception cref="FileNotFoundException">There is no such template.</exception>
    /// <exception cref="Exception">
    /// The template can't be deployed: each message names file, line, resource and reason. Nothing keeps running.
    /// </exception>
    public async ValueTask InitializeAsync()
    {
        var file = TemplateSearch.Find(templateFile, AppContext.BaseDirectory);
        // A proxy that the environment names can't reach this machine's loopback.
        LoopbackBypass.Install();
        data = DataFolder.Create();
        try
        {
            host = await LocalHost.StartAsync(
                new LocalHostOptions
                {
                    TemplateFile = file,
                    ParameterOverrides = [.. settings.Parameters.Select(pair => $"{pair.Key}={pair.Value}")],
                    Port = 0,
                    MaxEnvironments = settings.MaxEnvironments,
                    RepositoryRoot = Path.GetDirectoryName(file)!,
                    Configuration = settings.Configuration ?? TemplateSearch.ConfigurationOf(AppContext.BaseDirectory),
                    DataDirectory = data.FullName,
                    StackName = settings.StackName,
                    Region = settings.Region,
                },
                CancellationToken.None);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Stops the functions' processes and the host, and removes its data. A test framework calls this.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (host is not null) await host.DisposeAsync();
        data?.Dispose();
        (host, data) = (null, null);
    }

    /// <summary>A resource's physical id: a function's or table's name, a queue's URL, a topic's ARN.</summary>
    /// <param name="logicalId">Its name in the template.</param>
    /// <exception cref="KeyNotFoundException">
    /// The stack has no such resource; the message lists those it has.
    /// </exception>
    public string PhysicalId(string logicalId) =>
        Host.Stack.Resources.FirstOrDefault(resource => resource.LogicalId == logicalId)?.PhysicalId
        ?? throw new KeyNotFoundException($"The stack has no resource {logicalId}. It has "
            + string.Join(", ", Host.Stack.Resources.Select(resource => resource.LogicalId).Order()) + ".");

    /// <summary>Where the host serves an API Gateway stage, ending in a slash.</summary>
    /// <param name="url">
    /// The stage's address on AWS, as outputs have it: <c>https://[api].execute-api.[region].amazonaws.com/[stage]</c>.
    /// </param>
    public Uri StageUrl(string url) => StageAddress.On(Host.Address, url);

    /// <summary>
    /// Waits until no invocation, delivery or retry is under way. What waits for a time to come, such as a visibility
    /// timeout or a delay, is not under way: <see cref="AdvanceAsync"/> brings it on.
    /// </summary>
    /// <exception cref="TimeoutException">Work did not end in time; the message has the newest events.</exception>
    public async Task WaitForQuietAsync(CancellationToken cancellationToken = default)
    {
        if (!await Host.Activity.WaitForQuietAsync(settings.QuietBound, cancellationToken))
            throw new TimeoutException(
                $"Work is still under way after {settings.QuietBound}. The newest events:\n{Host.Journal.Tail(60)}");
    }

    /// <summary>
    /// Moves service time forward without waiting: visibility timeouts, retries, delays and batching windows obey it.
    /// It stops at each timer on the way until what that timer began has ended.
    /// </summary>
    /// <param name="by">Zero to 14 days.</param>
    /// <param name="cancellationToken">Ends the wait for what is under way.</param>
    /// <exception cref="Exception">Work did not end within 60 s of real time; the clock stays where it is.</exception>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default) =>
        Host.ClockControl.AdvanceByAsync(by, cancellationToken);

    /// <summary>What a function and Lambda wrote to its log so far, to read in the output of a failed test.</summary>
    /// <param name="function">The function's logical id or name.</param>
    /// <returns>Lines in order. The host keeps about the last 100,000 events of all functions together.</returns>
    public IReadOnlyList<string> LogsOf(string function)
    {
        var name = Host.Stack.Resources.FirstOrDefault(resource => resource.LogicalId == function)?.PhysicalId
            ?? function;
        return FunctionLogs.Of(Host.Journal, name);
    }
}
