namespace Isobar.Domain;

/// <summary>One version of one object in the landing bucket.</summary>
/// <param name="Key">As S3 stores it; in S3's events it is encoded.</param>
/// <param name="Sequencer">Orders the versions of one key; hexadecimal (<see cref="Domain.Sequencer"/>).</param>
public sealed record ObjectVersion(string Bucket, string Key, string VersionId, string Sequencer);
