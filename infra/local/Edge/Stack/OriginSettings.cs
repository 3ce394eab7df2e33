using Isobar.Local.Edge.Events;

namespace Isobar.Local.Edge.Stack;

/// <summary>An origin of the distribution.</summary>
/// <param name="Description">As the events of the origin show it.</param>
internal sealed record OriginSettings(string Id, EventOrigin Description);
