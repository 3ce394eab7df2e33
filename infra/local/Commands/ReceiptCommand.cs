using System.CommandLine;

namespace Isobar.Local.Commands;

/// <summary>Prints what AWS would charge for what a running host has done.</summary>
internal static class ReceiptCommand
{
    public static Command Create()
    {
        var endpoint = HostClient.EndpointOption();
        var command = new Command(
            "receipt", "Print what AWS would charge, at list price, for what a running host has done since its reset")
        {
            endpoint,
        };
        command.SetAction((line, cancellationToken) => RunAsync(line.GetValue(endpoint)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Uri endpoint, CancellationToken cancellationToken)
    {
        using var host = new HostClient(endpoint);
        var receipt = await host.GetAsync(ReceiptApi.Path, ReceiptJson.Default.ReceiptView, cancellationToken);
        Console.WriteLine(receipt.Sum);
        foreach (var part in (IReadOnlyList<string>[])[receipt.Functions, receipt.Meters])
        {
            if (part.Count > 0) Console.WriteLine();
            foreach (var line in part) Console.WriteLine(line);
        }

        return 0;
    }
}
