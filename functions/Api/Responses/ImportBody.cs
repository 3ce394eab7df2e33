using Isobar.Imports;

namespace Isobar.Api;

/// <summary>An import.</summary>
/// <param name="State">accepted, copying, landed or failed.</param>
/// <param name="Job">The job of the landed file; absent until it has landed, like key and versionId.</param>
/// <param name="Reason">Why it failed; absent unless it is failed.</param>
internal sealed record ImportBody(
    string ImportId, string Station, string State, string? Job, string? Key, string? VersionId, string? Reason)
{
    public static ImportBody Of(ImportRecord import) => new(
        import.ImportId, import.Station, import.State.ToString().ToLowerInvariant(), import.Landed?.Job,
        import.Landed?.Key, import.Landed?.VersionId, import.Reason);
}
