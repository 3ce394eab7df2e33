using Isobar.Domain;

namespace Isobar.Stations;

/// <summary>A month that readers see, with where it comes from.</summary>
/// <param name="SourceKey">Bucket and key of the landed file: <c>bucket/key</c>.</param>
/// <param name="VersionId">The version of the file.</param>
/// <param name="Job">The job that read it.</param>
/// <param name="Accepted">Accepted rows of the month, whatever their element.</param>
public sealed record ServedMonth(
    MonthSummary Summary, string SourceKey, string VersionId, string Job, long Accepted);
