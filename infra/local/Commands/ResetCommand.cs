using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;

namespace Isobar.Local.Commands;

/// <summary>Empties a running host: its stack is deployed anew under the same names and addresses.</summary>
internal static class ResetCommand
{
    // Above the two seconds that extensions may take to shut down.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static Command Create()
    {
        var endpoint = HostClient.EndpointOption();
        var command = new Command(
            "reset", "Empty a running host: no object, message or item is left; names, addresses and time are kept")
        {
            endpoint,
        };
        command.SetAction((line, cancellationToken) => RunAsync(line.GetValue(endpoint)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var host = new HostClient(endpoint);
        using var body = JsonContent.Create<HostProblem?>(null, ResetJson.Default.HostProblem!);
        var before = await host.PostAsync(ResetApi.Path, body, ResetJson.Default.ResetView, cancellationToken);
        while (await ResetsAsync(host, cancellationToken) <= before.Resets)
        {
            if (TimeProvider.System.GetElapsedTime(begun) > Bound)
                throw new UsageException($"The host has not come back for {Bound.TotalSeconds:0} s.");
            await Task.Delay(Interval, TimeProvider.System, cancellationToken);
        }

        var took = TimeProvider.System.GetElapsedTime(begun).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"The host is empty, after {took:0.00} s. Its names, its addresses and its time are as before."));
        return 0;
    }

    // While one host takes the place of the other, nothing listens.
    private static async Task<int> ResetsAsync(HostClient host, CancellationToken cancellationToken)
    {
        try
        {
            return (await host.GetAsync(ResetApi.Path, ResetJson.Default.ResetView, cancellationToken)).Resets;
        }
        catch (HostAbsentException)
        {
            return -1;
        }
    }
}
