using System.Diagnostics;

namespace Isobar.Stories;

/// <summary>The SAM command line, as people use it to deploy this checkout to LocalStack.</summary>
internal static class SamCommand
{
    /// <summary>The parameters of the profile, again: those of a command line take the place of all of them.</summary>
    public const string ProfileParameters =
        "TransformMaximumConcurrency=2 OpenDataBucket=isobar-open-data ParametersExtension=off";

    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(15);

    /// <summary>Builds the application and deploys it, with the profile localstack of samconfig.toml.</summary>
    /// <param name="tokenPublicKeys">The parameter TokenPublicKeys.</param>
    public static async Task DeployAsync(Uri endpoint, string region, string key, string tokenPublicKeys)
    {
        var made = Directory.CreateTempSubdirectory("isobar-sam-");
        try
        {
            (string, string)[] variables =
            [
                ("AWS_ENDPOINT_URL", endpoint.GetLeftPart(UriPartial.Authority)),
                ("AWS_REGION", region), ("AWS_DEFAULT_REGION", region),
                ("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", key),
                ("SAM_CLI_TELEMETRY", "0"),
                // Nothing leaves this machine, so the stories may run where a package feed lacks the real packages.
                ("AllowStandIns", "true"),
                // The community edition takes layers and does not apply them (its documentation, "Lambda layers").
                ("SharedLayerInPackage", "true"),
            ];
            foreach (var command in Commands(made.FullName, tokenPublicKeys)) await RunAsync(variables, command);
        }
        finally
        {
            made.Delete(recursive: true);
        }
    }

    /// <summary>The arguments of <c>sam</c>, for one run after the other.</summary>
    /// <param name="folder">Where the first one puts what the second one deploys.</param>
    /// <param name="tokenPublicKeys">The parameter TokenPublicKeys.</param>
    public static IReadOnlyList<string[]> Commands(string folder, string tokenPublicKeys)
    {
        // SAM looks for its configuration beside the template, which is in another folder here.
        string[] profile = ["--config-env", "localstack", "--config-file", Repository.In("samconfig.toml")];
        return
        [
            ["build", .. profile, "--build-dir", folder],
            ["deploy", .. profile, "--template-file", Path.Combine(folder, "template.yaml"),
                "--parameter-overrides", $"{ProfileParameters} TokenPublicKeys={tokenPublicKeys}"],
        ];
    }

    private static async Task RunAsync(IEnumerable<(string Name, string Value)> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("sam", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        using var bound = new CancellationTokenSource(Bound);
        await using var end = bound.Token.Register(() => process.Kill(entireProcessTree: true));
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"sam {string.Join(' ', arguments)}:\n{output}{await errors}");
    }
}
