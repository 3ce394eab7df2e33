using Isobar.Local;
using Isobar.Local.Lambda.Control;

namespace Isobar.Benchmarks.Invocations;

/// <summary>The local host in this process, with one function: the Probe, which gives its event back.</summary>
internal sealed class ProbeHost : IAsyncDisposable
{
    public const string Path = "/2015-03-31/functions/echo/invocations";

    /// <summary>The same function by an alias: a version with the same code and its own environment.</summary>
    public const string AliasPath = "/2015-03-31/functions/echo:live/invocations";

    private const string Template = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Resources:
          Probe:
            Type: AWS::Serverless::Function
            Properties:
              FunctionName: echo
              Runtime: dotnet10
              Handler: Probe
              CodeUri: functions/Probe
              MemorySize: 512
              AutoPublishAlias: live
        """;

    private readonly DirectoryInfo folder;
    private readonly LocalHost host;

    private ProbeHost(DirectoryInfo folder, LocalHost host)
    {
        this.folder = folder;
        this.host = host;
    }

    public Uri Address => host.Address;

    public static async Task<ProbeHost> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("isobar-benchmark-");
        var template = System.IO.Path.Combine(folder.FullName, "template.yaml");
        await File.WriteAllTextAsync(template, Template);
        var options = new LocalHostOptions
        {
            TemplateFile = template,
            Port = 0,
            RepositoryRoot = Checkout.Root,
            Configuration = Checkout.Configuration,
            DataDirectory = System.IO.Path.Combine(folder.FullName, "data"),
            // More requests a second than an account of the usual size may make.
            Account = new AccountLimits { Concurrency = AccountLimits.MaxConcurrency },
        };
        return new ProbeHost(folder, await LocalHost.StartAsync(options, CancellationToken.None));
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
