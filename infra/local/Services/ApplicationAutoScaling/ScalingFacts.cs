using Isobar.Local.History;

namespace Isobar.Local.Services.ApplicationAutoScaling;

/// <summary>The capacity of a scalable target was changed, or could not be.</summary>
/// <param name="Cause">The alarm with its policy, or the bound that the capacity was brought into.</param>
/// <param name="Status"><c>Successful</c> or <c>Failed</c>.</param>
internal sealed record CapacityChanged(
    string ResourceId, string Dimension, int Capacity, string Cause, string Status) : IFact
{
    string? IFact.Resource => FactResource.Of("application-autoscaling", ResourceId);
}
