using Isobar.Local.History;

namespace Isobar.Local.Services.Logs;

/// <summary>The oldest events of a group made room for newer ones: the host keeps a bounded number of bytes.</summary>
/// <param name="Events">How many can't be read any more.</param>
internal sealed record OldestEventsDropped(string GroupName, int Events) : IFact
{
    string? IFact.Resource => FactResource.Of("logs", GroupName);
}

/// <summary>A function's line is in no log group, because its role may not write there.</summary>
internal sealed record LogLineRefused(string GroupName, string FunctionName, string? RequestId) : IFact
{
    string? IFact.Resource => FactResource.Of("logs", GroupName);
}
