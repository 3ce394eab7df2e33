using System.Globalization;
using System.Text.Json;
using Isobar.Local.Lambda.Environments;

namespace Isobar.Local.Lambda.Control;

/// <summary>A function as the API shows it.</summary>
/// <remarks>
/// Source: AWS Lambda API Reference, FunctionConfiguration; members as recorded against AWS in November 2025.
/// </remarks>
internal static class FunctionView
{
    /// <param name="withState">
    /// GetFunction and GetFunctionConfiguration tell the state and the runtime's version, ListFunctions does not.
    /// </param>
    /// <param name="arn">With the qualifier of the caller; null for none.</param>
    public static void Write(Utf8JsonWriter json, DeployedFunction function, bool withState, string? arn = null)
    {
        var configuration = function.Configuration;
        json.WriteString("FunctionName", configuration.FunctionName);
        json.WriteString("FunctionArn", arn ?? configuration.Arn);
        json.WriteString("Version", configuration.Version);
        if (function.Image is null)
        {
            json.WriteString("Runtime", configuration.Runtime);
            json.WriteString("Handler", configuration.Handler);
        }

        json.WriteString("Role", function.Role);
        json.WriteString("Description", function.Description);
        json.WriteString("PackageType", function.Image is null ? "Zip" : "Image");
        WriteImage(json, function.Image?.Overrides);
        json.WriteString("CodeSha256", configuration.CodeSha256);
        json.WriteNumber("CodeSize", function.Code.PackageBytes);
        json.WriteNumber("Timeout", (int)configuration.Timeout.TotalSeconds);
        json.WriteNumber("MemorySize", configuration.MemorySizeMb);
        json.WriteString("LastModified", function.LastModified.UtcDateTime.ToString(
            "yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", CultureInfo.InvariantCulture));
        json.WriteString("RevisionId", function.RevisionId);
        WriteStrings(json, "Architectures", function.Architecture);
        WriteEnvironment(json, configuration);
        WriteLayers(json, function);
        if (function.DeadLetterTarget is { } target)
            WriteMap(json, "DeadLetterConfig", ("TargetArn", target.ToString()));
        WriteMap(json, "EphemeralStorage", ("Size", 512));
        WriteMap(json, "TracingConfig", ("Mode", function.TracingMode));
        WriteMap(json, "SnapStart", ("ApplyOn", "None"), ("OptimizationStatus", "Off"));
        WriteMap(json, "LoggingConfig",
            ("LogFormat", configuration.LogFormat == LoggingFormat.Json ? "JSON" : "Text"),
            ("LogGroup", configuration.LogGroupName));
        if (!withState) return;
        WriteRuntimeVersion(json, function);
        json.WriteString("State", "Active");
        json.WriteString("LastUpdateStatus", "Successful");
    }

    /// <summary>Writes a function, or a version, that is being made, as the answer to the request for it.</summary>
    /// <param name="arn">With the version, where AWS's answer has it; null for none.</param>
    public static void WriteCreating(Utf8JsonWriter json, DeployedFunction function, string? arn = null)
    {
        Write(json, function, withState: false, arn);
        WriteRuntimeVersion(json, function);
        json.WriteString("State", "Pending");
        json.WriteString("StateReason", "The function is being created.");
        json.WriteString("StateReasonCode", "Creating");
    }

    /// <summary>Writes a function whose update has begun, as the answer to the request for it.</summary>
    public static void WriteUpdating(Utf8JsonWriter json, DeployedFunction function)
    {
        Write(json, function, withState: false);
        WriteRuntimeVersion(json, function);
        json.WriteString("State", "Active");
        json.WriteString("LastUpdateStatus", "InProgress");
        json.WriteString("LastUpdateStatusReason", "The function is being created.");
        json.WriteString("LastUpdateStatusReasonCode", "Creating");
    }

    public static void WriteStrings(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>Writes an object of texts and numbers.</summary>
    public static void WriteMap(
        Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, object Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members)
        {
            if (value is int number) json.WriteNumber(member, number);
            else json.WriteString(member, (string)value);
        }

        json.WriteEndObject();
    }

    // An image brings its own runtime.
    private static void WriteRuntimeVersion(Utf8JsonWriter json, DeployedFunction function)
    {
        if (function.Image is not null) return;
        WriteMap(json, "RuntimeVersionConfig", ("RuntimeVersionArn", function.Configuration.RuntimeVersionArn));
    }

    private static void WriteImage(Utf8JsonWriter json, ImageRequest? config)
    {
        if (config is null || config.IsEmpty) return;
        json.WriteStartObject("ImageConfigResponse");
        json.WriteStartObject("ImageConfig");
        if (config.EntryPoint is { Count: > 0 } entryPoint) WriteStrings(json, "EntryPoint", [.. entryPoint]);
        if (config.Command is { Count: > 0 } command) WriteStrings(json, "Command", [.. command]);
        if (config.WorkingDirectory is { Length: > 0 } folder) json.WriteString("WorkingDirectory", folder);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLayers(Utf8JsonWriter json, DeployedFunction function)
    {
        if (function.Layers.Count == 0) return;
        json.WriteStartArray("Layers");
        foreach (var layer in function.Layers)
        {
            json.WriteStartObject();
            json.WriteString("Arn", layer.Arn);
            json.WriteNumber("CodeSize", layer.Content.SizeBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEnvironment(Utf8JsonWriter json, FunctionConfiguration configuration)
    {
        if (configuration.EnvironmentVariables.Count == 0) return;
        json.WriteStartObject("Environment");
        json.WriteStartObject("Variables");
        foreach (var (name, value) in configuration.EnvironmentVariables) json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
