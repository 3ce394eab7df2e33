using Isobar.Domain;

namespace Isobar.Report;

/// <summary>A file whose months a station's pages show.</summary>
/// <param name="Key">Bucket and key, with a slash between them.</param>
/// <param name="Job">The job that read this version.</param>
/// <param name="Months">Months of the station that it serves.</param>
/// <param name="Counts">The outcomes of all of the file's rows; null when the job's record has expired.</param>
public sealed record SourceFile(string Key, string VersionId, string Job, int Months, JobCounts? Counts);
