namespace Isobar.Telemetry.Otlp;

/// <summary>What the function and its environment are called in OTLP.</summary>
/// <param name="ServiceName">The variable OTEL_SERVICE_NAME, or the function's name.</param>
/// <param name="MemoryBytes">The function's memory.</param>
/// <remarks>Source: OpenTelemetry semantic conventions, "Function as a Service" and "Cloud".</remarks>
internal sealed record OtlpResource(
    string ServiceName, string FunctionName, string FunctionVersion, string Region, long MemoryBytes,
    string EnvironmentId)
{
    /// <summary>The attribute with the environment's id, which names a line together with its number.</summary>
    public const string EnvironmentAttribute = "telemetry.environment";

    private const int Attributes = 1, ScopeName = 1, ScopeVersion = 2;

    /// <summary>Writes a Resource.</summary>
    public void WriteTo(ProtobufWriter writer, int field)
    {
        var resource = writer.Begin(field);
        writer.Attribute(Attributes, "service.name", ServiceName);
        writer.Attribute(Attributes, "cloud.provider", "aws");
        writer.Attribute(Attributes, "cloud.platform", "aws_lambda");
        writer.Attribute(Attributes, "cloud.region", Region);
        writer.Attribute(Attributes, "faas.name", FunctionName);
        writer.Attribute(Attributes, "faas.version", FunctionVersion);
        writer.Attribute(Attributes, "faas.max_memory", MemoryBytes);
        writer.Attribute(Attributes, EnvironmentAttribute, EnvironmentId);
        writer.End(resource);
    }

    /// <summary>Writes the InstrumentationScope: this extension.</summary>
    public static void WriteScopeTo(ProtobufWriter writer, int field)
    {
        var scope = writer.Begin(field);
        writer.Text(ScopeName, "isobar.telemetry");
        writer.Text(ScopeVersion, "0.1.0");
        writer.End(scope);
    }
}
