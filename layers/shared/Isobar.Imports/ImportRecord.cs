namespace Isobar.Imports;

/// <summary>An import.</summary>
/// <param name="ImportId">The id that the API answered the request with.</param>
/// <param name="Station">As the request named it.</param>
/// <param name="Landed">The file, once it has landed; otherwise null.</param>
/// <param name="Reason">Why it failed; null unless it is failed.</param>
/// <param name="FailedEvent">The event of the last failure as JSON, to be sent again; null before the first.</param>
public sealed record ImportRecord(
    string ImportId, string Station, ImportState State, LandedFile? Landed, string? Reason, string? FailedEvent);

/// <summary>A version of an object in the landing bucket, and the job that Intake opens for it.</summary>
public sealed record LandedFile(string Job, string Key, string VersionId);
