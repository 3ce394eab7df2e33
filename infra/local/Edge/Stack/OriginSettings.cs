using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Stack;

/// <summary>An origin of the distribution.</summary>
/// <param name="Description">As the events of the origin show it.</param>
internal sealed record OriginSettings(string Id, EventOrigin Description)
{
    /// <summary>Empty where a bucket has none.</summary>
    public string AccessControlId { get; init; } = "";

    /// <summary>Of a server of its own; null for a bucket.</summary>
    public OriginPorts? Ports { get; init; }
}

/// <param name="ProtocolPolicy"><c>http-only</c>, <c>https-only</c> or <c>match-viewer</c>.</param>
internal sealed record OriginPorts(int Http, int Https, string ProtocolPolicy);
