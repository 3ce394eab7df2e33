using System.Text.Json;
using Isobar.Local.Services;

namespace Isobar.Local.Lambda.Delivery;

/// <summary>An event invoke configuration as the API shows it.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, FunctionEventInvokeConfig; recorded against AWS in November 2025: what is not
/// configured is absent, but both destinations always have their place.
/// </remarks>
internal static class EventInvokeConfigView
{
    /// <param name="functionArn">Qualified.</param>
    public static void Write(Utf8JsonWriter json, string functionArn, EventInvokeConfig config)
    {
        json.WriteNumber("LastModified", Math.Round(config.LastModified.ToUnixTimeMilliseconds() / 1_000m, 3));
        json.WriteString("FunctionArn", functionArn);
        if (config.MaximumRetryAttempts is { } attempts) json.WriteNumber("MaximumRetryAttempts", attempts);
        if (config.MaximumEventAge is { } age) json.WriteNumber("MaximumEventAgeInSeconds", (int)age.TotalSeconds);
        json.WriteStartObject("DestinationConfig");
        WriteDestination(json, "OnSuccess", config.OnSuccess);
        WriteDestination(json, "OnFailure", config.OnFailure);
        json.WriteEndObject();
    }

    private static void WriteDestination(Utf8JsonWriter json, string name, Arn? destination)
    {
        json.WriteStartObject(name);
        if (destination is not null) json.WriteString("Destination", destination.ToString());
        json.WriteEndObject();
    }
}
