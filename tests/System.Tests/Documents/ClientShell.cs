using System.ComponentModel;
using System.Diagnostics;
using Amazon.Runtime;
using Isobar.Stories.HostLife;

namespace Isobar.Stories.Documents;

/// <summary>A shell in the repository's root, whose AWS clients are pointed at a target.</summary>
/// <param name="variables">More of its environment.</param>
internal sealed class ClientShell(AwsPlace place, IReadOnlyDictionary<string, string> variables)
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    private static readonly string[] Programs = ["aws", "curl", "make"];

    /// <summary>A shell whose AWS clients are pointed at a host.</summary>
    public ClientShell(Uri address, IReadOnlyDictionary<string, string> variables)
        : this(new AwsPlace(address, "us-east-1", new BasicAWSCredentials("local", "local")), variables)
    {
    }

    /// <summary>Runs a script; skips the story where this machine lacks a program that it needs.</summary>
    public async Task<(int Status, string Output, string Errors)> RunAsync(string script)
    {
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        foreach (var program in Programs)
            if (!path.Any(folder => File.Exists(Path.Combine(folder, program))))
                Assert.Skip($"There is no {program} on this machine.");
        var start = new ProcessStartInfo("bash")
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.Ordinal))
            .ToArray())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables) start.Environment[name] = value;
        if (place.Endpoint is { } endpoint)
            start.Environment["AWS_ENDPOINT_URL"] = endpoint.GetLeftPart(UriPartial.Authority);
        start.Environment["AWS_REGION"] = start.Environment["AWS_DEFAULT_REGION"] = place.Region;
        var credentials = await place.Credentials.GetCredentialsAsync();
        start.Environment["AWS_ACCESS_KEY_ID"] = credentials.AccessKey;
        start.Environment["AWS_SECRET_ACCESS_KEY"] = credentials.SecretKey;
        if (credentials.UseToken) start.Environment["AWS_SESSION_TOKEN"] = credentials.Token;
        start.Environment["AWS_CONFIG_FILE"] = start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null";
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_PAGER"] = "";
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(script);
        try
        {
            using var process = Process.Start(start)!;
            using var bound = new CancellationTokenSource(Bound);
            await using var end = bound.Token.Register(() => process.Kill(entireProcessTree: true));
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, output, await errors);
        }
        catch (Win32Exception)
        {
            Assert.Skip("There is no bash on this machine.");
            throw;
        }
    }
}

/// <summary>A home folder with a key of its own for tokens, which goes with it.</summary>
internal sealed class TemporaryHome : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("isobar-home-").FullName;

    public HostSurroundings Surroundings => new()
    {
        Variables = new Dictionary<string, string> { ["HOME"] = Folder, ["XDG_DATA_HOME"] = Folder },
    };

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
