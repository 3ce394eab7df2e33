using Isobar.Local;

namespace Isobar.Benchmarks.Pipeline;

/// <summary>The local host with the whole application deployed.</summary>
internal static class WholeStack
{
    public static Task<LocalHost> StartAsync() => LocalHost.StartAsync(
        new LocalHostOptions
        {
            TemplateFile = Checkout.In("template.yaml"),
            ParametersFile = Checkout.In("infra", "local", "local.parameters.yaml"),
            Port = 0,
            RepositoryRoot = Checkout.Root,
            Configuration = Checkout.Configuration,
            DataDirectory = Directory.CreateTempSubdirectory("isobar-benchmark-").FullName,
        },
        CancellationToken.None);
}
