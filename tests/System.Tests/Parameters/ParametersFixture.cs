using System.Text.Json.Nodes;
using Isobar.Local.Wire;
using Isobar.Stories.Claims;

namespace Isobar.Stories.Parameters;

/// <summary>Functions with the parameters extension, in a stack with a few parameters.</summary>
public sealed class ParametersFixture : ProbeFixture
{
    private const string Layers = "Layers: [!Ref ParametersLayer]";

    internal SourceGate Source { get; } = new();

    private protected override IRequestGate CallGate => Source;

    private protected override string Resources =>
        Layer("ParametersLayer", "extensions/parameters") + Parameter("Kept", "first") + Parameter("Brief", "first")
        + Parameter("Spare", "first")
        + Layer("JavaScriptLayer", "layers/javascript")
        + Function("Foreign", "Layers: [!Ref ParametersLayer, !Ref JavaScriptLayer]")
            .Replace("dotnet10", "provided.al2023")
        + Function("Fetching", Layers, "PARAMETERS_PREFETCH: !Ref Kept")
        + Function("Following", Layers, "PARAMETERS_PREFETCH: !Ref Brief, SSM_PARAMETER_STORE_TTL: 1")
        + Function("Enduring", Layers, "PARAMETERS_PREFETCH: !Ref Spare, SSM_PARAMETER_STORE_TTL: 1")
        + Function("Lenient", Layers, "PARAMETERS_PREFETCH: absent")
        + Function("Strict", Layers, "PARAMETERS_PREFETCH: absent, PARAMETERS_INIT_MUST_SUCCEED: 'true'");

    private protected override ProbeCheckout CheckOut() => new ProbeCheckout().WithBuilt("parameters")
        .WithScript("javascript", "bootstrap", "#!/bin/sh\nexec node \"${0%/*}/client.mjs\"")
        .WithFile("javascript", "client.mjs", File.ReadAllText(
            Repository.In("tests", "System.Tests", "Parameters", "client.mjs")));

    /// <summary>Lets a function ask its extension.</summary>
    /// <param name="parameter">A name.</param>
    internal async Task<Given> GetAsync(string function, string parameter)
    {
        var answer = JsonNode.Parse(
            await AskAsync(function, new JsonObject { ["do"] = "parameter", ["name"] = parameter }.ToJsonString()))!;
        return new Given((int?)answer["status"] ?? 0, (string?)answer["value"], (string?)answer["stale"]);
    }

    internal int FetchesOf(string function, string parameter) =>
        Source.FetchesOf(Stack.Stack.NameOf(function), parameter);

    internal Task PutAsync(string parameter, string value, string type = "String") => Stack.Stack.Calls.SsmAsync(
        "PutParameter",
        new JsonObject { ["Name"] = parameter, ["Value"] = value, ["Type"] = type, ["Overwrite"] = true });

    private static string Parameter(string id, string value) =>
        $"  {id}: {{Type: AWS::SSM::Parameter, Properties: {{Type: String, Value: {value}}}}}\n";
}

/// <summary>What a function was given.</summary>
/// <param name="Stale">Seconds past the time to live; null if the extension did not say so.</param>
internal sealed record Given(int Status, string? Value, string? Stale);
