namespace Isobar.Local.Lambda.EventSources;

/// <summary>What the API says that a mapping does.</summary>
/// <remarks>Source: AWS Lambda API Reference, EventSourceMappingConfiguration, State.</remarks>
internal static class MappingStates
{
    public const string Creating = "Creating";
    public const string Enabling = "Enabling";
    public const string Enabled = "Enabled";
    public const string Disabling = "Disabling";
    public const string Disabled = "Disabled";
    public const string Updating = "Updating";
    public const string Deleting = "Deleting";
}
