using System.Text.Json.Serialization;
using Isobar.Local.Costs;

namespace Isobar.Local;

/// <summary>
/// <c>GET /_isobar/receipt</c>: what AWS would charge for what was used since the host's start or its last reset, as
/// lines to read.
/// </summary>
internal sealed class ReceiptApi(Accountant accountant)
{
    /// <summary>The path of its requests.</summary>
    public const string Path = "/_isobar/receipt";

    public async Task HandleAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.StatusCode = 405;
            await http.Response.WriteAsJsonAsync(new HostProblem("Send GET."), ReceiptJson.Default.HostProblem);
            return;
        }

        var receipt = accountant.Read();
        await http.Response.WriteAsJsonAsync(
            new ReceiptView(receipt.ToString(), [.. receipt.ByFunction()], [.. receipt.ByMeter()]),
            ReceiptJson.Default.ReceiptView);
    }
}

/// <param name="Sum">One line.</param>
/// <param name="Functions">A line for each function that ran, and one for everything else.</param>
/// <param name="Meters">A line for everything that AWS counts and that was used.</param>
internal sealed record ReceiptView(string Sum, IReadOnlyList<string> Functions, IReadOnlyList<string> Meters);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ReceiptView))]
[JsonSerializable(typeof(HostProblem))]
internal sealed partial class ReceiptJson : JsonSerializerContext;
