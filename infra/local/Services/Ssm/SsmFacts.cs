using Isobar.Local.History;

namespace Isobar.Local.Services.Ssm;

/// <summary>Somebody was given a parameter by GetParameter.</summary>
/// <param name="Caller">The function that asked; null for any other client.</param>
internal sealed record ParameterRead(string Name, long Version, string? Caller) : IFact
{
    string? IFact.Resource => FactResource.Of("ssm", Name);
}
