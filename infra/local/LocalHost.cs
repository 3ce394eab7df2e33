using Isobar.Local.Deployment;
using Isobar.Local.History;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.CloudFormation;
using Isobar.Local.Wire;

namespace Isobar.Local;

/// <summary>A running host with a deployed stack.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan JumpBound = TimeSpan.FromSeconds(60);

    private readonly WireServer server;
    private readonly IReadOnlyList<IServiceModule> modules;
    private readonly HostParts parts;

    private LocalHost(HostParts parts, IReadOnlyList<IServiceModule> modules, WireServer server, ClockControl clockControl)
    {
        this.parts = parts;
        this.modules = modules;
        this.server = server;
        ClockControl = clockControl;
    }

    /// <summary>For example <c>http://127.0.0.1:4580</c>.</summary>
    public Uri Address => server.Address;

    public DeployedStack Stack { get; private set; } = null!;

    public Journal Journal => parts.Journal;

    public Activity Activity => parts.Activity;

    public ClockControl ClockControl { get; }

    public LocalHostOptions Options => parts.Options;

    /// <summary>Starts the services and deploys the template.</summary>
    /// <exception cref="DeploymentException">The template can't be deployed here; nothing keeps running.</exception>
    /// <exception cref="Microsoft.AspNetCore.Connections.AddressInUseException">The port is taken.</exception>
    public static async Task<LocalHost> StartAsync(LocalHostOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var activity = new Activity();
        var clock = new ServiceClock(TimeProvider.System, activity);
        var journal = new Journal(clock);
        WireServer? server = null;
        var parts = new HostParts(
            clock, TimeProvider.System, activity, journal, new Identifiers(), new TargetDirectory(), options,
            () => server!.Address);
        var modules = Program.Modules(parts);
        var clockControl = new ClockControl(clock, activity, JumpBound);
        try
        {
            var door = new FrontDoor(
                modules.ToDictionary(module => module.SigningName, module => module.Wire),
                new Dictionary<string, RequestDelegate> { ["/_isobar/clock"] = new ClockApi(clock, clockControl).HandleAsync },
                options.AccountId, options.Region, parts.Identifiers, journal);
            server = await WireServer.StartAsync(door.HandleAsync, options.Port, cancellationToken);
            var host = new LocalHost(parts, modules, server, clockControl);
            host.Stack = await host.DeployAsync(cancellationToken);
            return host;
        }
        catch
        {
            await StopAsync(server, modules, clockControl, options);
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync(server, modules, ClockControl, parts.Options);

    private async Task<DeployedStack> DeployAsync(CancellationToken cancellationToken)
    {
        var options = parts.Options;
        var template = await TemplateSource.FromFileAsync(options.TemplateFile, cancellationToken);
        var parameters = options.ParametersFile is { } file
            ? ParameterProfile.Read(await TemplateSource.FromFileAsync(file, cancellationToken))
            : ParameterProfile.Empty;
        var id = $"arn:aws:cloudformation:{options.Region}:{options.AccountId}:stack/{options.StackName}/"
            + parts.Identifiers.NewGuid();
        var stack = await StackDeployment.DeployAsync(
            template,
            parameters.With(options.ParameterOverrides, "--parameter-overrides"),
            new StackIdentity(options.StackName, id, options.AccountId, options.Region, "aws"),
            [.. modules.OfType<IResourceProvider>()],
            parts.Clock.GetUtcNow(),
            cancellationToken);
        modules.OfType<CloudFormationModule>().Single().Publish(stack);
        return stack;
    }

    // The functions stop first, while the services they may still write to answer; then the door closes.
    private static async Task StopAsync(
        WireServer? server, IReadOnlyList<IServiceModule> modules, ClockControl clockControl, LocalHostOptions options)
    {
        foreach (var module in modules.OfType<IAsyncDisposable>()) await module.DisposeAsync();
        if (server is not null) await server.DisposeAsync();
        foreach (var module in modules.OfType<IDisposable>()) module.Dispose();
        clockControl.Dispose();
        Directory.Delete(options.DataDirectory, recursive: true);
    }
}
