namespace Isobar.Local.Lambda.Environments;

/// <summary>How the processes of an image's environments begin.</summary>
/// <param name="EntryPoint">Never empty.</param>
/// <param name="Command">What follows the entry point.</param>
/// <param name="WorkingDirectory">As the processes see it; it may be wrong.</param>
/// <param name="Variables">The image's own, which the function's replace.</param>
internal sealed record ImageStart(
    IReadOnlyList<string> EntryPoint, IReadOnlyList<string> Command, string WorkingDirectory,
    IReadOnlyDictionary<string, string> Variables)
{
    /// <summary>What the image has at <c>/var/runtime</c>, absolute on the host; null for the base image's.</summary>
    public string? Runtime { get; init; }

    /// <summary>Whether another one says the same: configurations compare lists by instance.</summary>
    public bool IsLike(ImageStart other) =>
        EntryPoint.SequenceEqual(other.EntryPoint) && Command.SequenceEqual(other.Command)
        && WorkingDirectory == other.WorkingDirectory && Runtime == other.Runtime
        && Variables.Count == other.Variables.Count
        && Variables.All(variable => other.Variables.GetValueOrDefault(variable.Key) == variable.Value);
}
