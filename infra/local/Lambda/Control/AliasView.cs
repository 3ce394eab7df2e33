using System.Text.Json;

namespace Isobar.Local.Lambda.Control;

/// <summary>An alias as the API shows it.</summary>
/// <remarks>Source: AWS Lambda API Reference, AliasConfiguration.</remarks>
internal static class AliasView
{
    /// <param name="arn">The function's ARN, without a qualifier.</param>
    public static void Write(Utf8JsonWriter json, string arn, FunctionAlias alias)
    {
        json.WriteString("AliasArn", $"{arn}:{alias.Name}");
        json.WriteString("Name", alias.Name);
        json.WriteString("FunctionVersion", alias.Version);
        json.WriteString("Description", alias.Description);
        json.WriteString("RevisionId", alias.RevisionId);
        if (alias.Additional is not { } additional) return;
        json.WriteStartObject("RoutingConfig");
        json.WriteStartObject("AdditionalVersionWeights");
        json.WriteNumber(additional.Version, additional.Weight);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
