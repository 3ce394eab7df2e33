namespace Isobar.Local.Lambda.Processes;

/// <summary>A process to start.</summary>
/// <param name="File">An absolute path.</param>
/// <param name="Environment">The whole environment block: nothing is inherited from the host.</param>
internal sealed record ProcessStart(
    string File,
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment);
