using System.Diagnostics;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.Workshop;

/// <summary>A host that was started as the workshop says, for all chapters.</summary>
public sealed class WorkshopHost : IAsyncLifetime
{
    private const int Sigint = 2;
    private const string None = "none";

    private static readonly string[] Programs = ["bash", "aws", "curl", "jq"];

    private readonly string folder = Directory.CreateTempSubdirectory("isobar-workshop-").FullName;
    private IReadOnlyList<string> usual = [];
    private bool isUsual = true;
    private HostProcess? host;
    private Uri? address;

    /// <summary>Why no chapter can run on this machine; null when all can.</summary>
    internal string? Lacks { get; } =
        !StoryTarget.IsLocal ? "the chapters run on the local host"
        : Programs.FirstOrDefault(program => !Machine.IsOnPath(program)) is { } absent
            ? $"there is no {absent} on the PATH"
        : null;

    /// <summary>The lines that the host has printed.</summary>
    internal IReadOnlyList<string> Printed => host!.Output.Split('\n');

    public async ValueTask InitializeAsync()
    {
        if (Lacks is not null) return;
        // The key that signs the API's tokens is this run's own.
        Directory.CreateDirectory(Path.Combine(folder, "user"));
        var keys = await HostCommandAsync("token", "keys");
        usual = ["--parameter-overrides", $"TokenPublicKeys={keys.Trim()}"];
        await StartAsync(usual, "0", "0");
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null) await host.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A shell as a reader's second terminal, against a host without data.</summary>
    internal async Task<ShellSession> BeginAsync()
    {
        if (isUsual) await HostCommandAsync("reset", "--endpoint", address!.ToString());
        else await RestartAsync(usual);
        var scratch = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        return new ShellSession(Repository.Root, scratch, Variables());
    }

    /// <summary>Stops the host as Ctrl+C does, and starts it anew at the same addresses.</summary>
    /// <param name="options">What is typed after <c>up</c>.</param>
    internal async Task RestartAsync(IReadOnlyList<string> options)
    {
        host!.Signal(Sigint);
        await host.EndAsync();
        var (port, edge) = ($"{address!.Port}", Edge);
        await host.DisposeAsync();
        await StartAsync(options, port, edge == None ? "0" : edge);
        isUsual = options.SequenceEqual(usual);
    }

    /// <summary>A line as it is where the host has its usual ports.</summary>
    internal string Usual(string line) => line
        .Replace($":{address!.Port}", ":4580", StringComparison.Ordinal)
        .Replace($"localhost:{Edge}", "localhost:4581", StringComparison.Ordinal)
        .Replace($"127.0.0.1:{Edge}", "127.0.0.1:4581", StringComparison.Ordinal);

    private string Edge => Printed
        .Where(line => line.StartsWith("The website is at ", StringComparison.Ordinal))
        .Select(line => line.Split(':')[^1]).FirstOrDefault(None);

    private async Task StartAsync(IReadOnlyList<string> options, string port, string edgePort)
    {
        host = HostProcess.Start(
            new HostSurroundings { Variables = Variables() },
            ["up", "--port", port, "--edge-port", edgePort, "--no-build", "--configuration", Repository.Configuration,
                .. options]);
        address = await host.AddressAsync();
    }

    private Dictionary<string, string> Variables()
    {
        var variables = new Dictionary<string, string>
        {
            ["XDG_DATA_HOME"] = Path.Combine(folder, "user"),
            ["TMPDIR"] = folder,
            ["ISOBAR_CONFIGURATION"] = Repository.Configuration.ToLowerInvariant(),
            ["LC_ALL"] = "C.UTF-8",
        };
        if (address is not null)
        {
            variables["ISOBAR_ENDPOINT"] = address.GetLeftPart(UriPartial.Authority);
            variables["ISOBAR_WEBSITE"] = $"http://127.0.0.1:{Edge}";
        }

        return variables;
    }

    private async Task<string> HostCommandAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Repository.Host, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Variables()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return printed;
    }
}
